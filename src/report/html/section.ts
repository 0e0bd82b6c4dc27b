/** A section of the page: a place in its contents, a heading, and what stands below. */
import { type Content, type Markup, markup } from './markup.js';

export interface Section {
  /** For links; letters, digits and `-`. */
  readonly id: string;
  readonly title: string;
  readonly body: Markup;
}

/** Undefined when there is nothing to say. */
export function section(id: string, title: string, ...body: readonly Content[]): Section {
  return { id, title, body: markup`${body}` };
}

export function sectionMarkup({ id, title, body }: Section): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
${body}</section>
`;
}

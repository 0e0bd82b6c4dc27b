/** Zooming by touch, where uPlot knows the mouse alone: a finger that goes sideways selects, one that goes up or down scrolls. */
import type uPlot from 'uplot';

/** What is selected is stated as that of a mouse is. */
export function selectByTouch(plot: uPlot): void {
  const { over } = plot;
  let from: number | undefined;
  const placeOf = ({ clientX }: PointerEvent) =>
    Math.min(over.clientWidth, Math.max(0, clientX - over.getBoundingClientRect().left));
  const select = (left: number, width: number, isStated: boolean) =>
    plot.setSelect({ left, width, top: 0, height: over.clientHeight }, isStated);
  over.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'touch' && event.isPrimary) from = placeOf(event);
  });
  over.addEventListener('pointermove', (event) => {
    if (from === undefined || !event.isPrimary) return;
    const to = placeOf(event);
    select(Math.min(from, to), Math.abs(to - from), false);
  });
  over.addEventListener('pointerup', (event) => {
    if (from === undefined || !event.isPrimary) return;
    from = undefined;
    select(plot.select.left, plot.select.width, true);
  });
  // The page scrolls instead.
  over.addEventListener('pointercancel', () => {
    from = undefined;
    select(0, 0, false);
  });
}

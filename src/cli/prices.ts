/** `lambdasim prices`: the list prices of one region on one day, with status and source. */
import { type Price, type PriceList, pricedRegions, priceListOf, unknownPrices } from '../billing/price-list.js';
import { UsageError } from '../engine/errors.js';
import { exactAmount } from '../engine/format.js';
import { wrapped } from '../report/text.js';
import { textTable } from '../report/text-table.js';
import { openedOn } from '../rules/regions.js';
import { NEWEST_DAY, OLDEST_DAY } from '../scenario/checks/rulebook-days.js';
import { dayOption, warnOfLaterDay } from './arguments.js';
import { type Command, examples } from './command.js';
import { EXIT } from './exit-codes.js';

interface PricesOptions {
  readonly region: string;
  readonly asOf?: string;
}

const WIDTH = 80;

export const prices: Command<PricesOptions> = {
  configure(command) {
    command
      .usage('[options]')
      .option('--region <region>', 'an AWS region', 'us-east-1')
      .option('--as-of <date>', 'prices of that day (default: the newest known)', dayOption)
      .option('--json', 'print the list as JSON')
      .addHelpText(
        'after',
        examples(
          ['prices', 'us-east-1, as new as is known'],
          ['prices --region eu-central-1 --as-of 2019-12-31', 'there and then'],
        ),
      );
  },

  async run([action], { region, asOf = NEWEST_DAY }, { output, json }) {
    if (action === 'import' || action === 'diff') throw new UsageError(`prices ${action} is not supported yet`);
    if (action !== undefined) {
      throw new UsageError(`prices takes no argument ${action}`, 'lambdasim prices --region eu-central-1');
    }
    warnOfLaterDay(asOf, output);
    const list = priceListOf(region, asOf);
    if (json) {
      output.print(`${JSON.stringify({ ...list, prices: list.prices.map(withoutInfinity) }, null, 2)}\n`);
      return EXIT.OK;
    }
    const { bold, dim } = output.palette;
    const lines = priceLines(list.prices, list.currency);
    output.print(`${bold(`${region}, ${asOf}`)}\n${lines.join('\n')}\n\n`);
    for (const line of [openingOf(list), ...assumedLines(list)]) {
      output.print(`${wrapped(line, WIDTH).map(dim).join('\n')}\n`);
    }
    for (const source of new Set(list.prices.map((price) => `${price.source}; read ${price.read}`))) {
      output.print(`${wrapped(`Source: ${source}`, WIDTH).map(dim).join('\n')}\n`);
    }
    output.print(
      `${[...lacking(region, asOf), ...regionLines(asOf)]
        .flatMap((line) => wrapped(line, WIDTH))
        .map(dim)
        .join('\n')}\n`,
    );
    return EXIT.OK;
  },
};

/**
 * A line for each price and, below it, one for each of its tiers: an id is a key of `pricing.overrides` and has to be read
 * whole, which leaves no room for its amounts beside it.
 */
function priceLines(prices: readonly Price[], currency: string): string[] {
  const idWidth = Math.max(...prices.map(({ id }) => id.length));
  const tiers = textTable(
    prices.flatMap((price) => tierRows(price, currency)),
    WIDTH,
  );
  return prices.flatMap((price) => [
    `${price.id.padEnd(idWidth)}  since ${price.since}, ${price.status}`,
    ...tiers.splice(0, price.tiers.length),
  ]);
}

function openingOf({ region, asOf }: PriceList): string {
  const opened = openedOn(region);
  if (opened === undefined) return `${region} opened before ${OLDEST_DAY}, the first day covered.`;
  return `${region} opened on ${opened} (from memory)${asOf < opened ? ', after this day' : ''}.`;
}

/** Which prices are those of a day that no source speaks of, and how early the sources begin. */
function assumedLines({ asOf, prices }: PriceList): string[] {
  const byDay = new Map<string, string[]>();
  for (const { id, status, seenFrom } of prices) {
    if (status === 'assumed') byDay.set(seenFrom, [...(byDay.get(seenFrom) ?? []), id]);
  }
  return [...byDay].map(([seenFrom, ids]) => `Assumed for ${asOf}, known from ${seenFrom} on: ${ids.join(', ')}`);
}

/** What a bill in USD of this region has to be given in `pricing.overrides`. */
function lacking(region: string, asOf: string): string[] {
  const unknown = unknownPrices(region, asOf);
  return unknown.length === 0 ? [] : [`Not known in USD in ${region}: ${unknown.join(', ')}`];
}

/** The regions by whether an ordinary bill, of requests and duration on x86_64, can be made. */
function regionLines(asOf: string): string[] {
  const groups = new Map<string, string[]>([
    ['Regions with every price', []],
    ['Regions that lack some', []],
    ['Regions that cannot be billed in USD without pricing.overrides', []],
  ]);
  const names = [...groups.keys()];
  for (const region of pricedRegions()) {
    const unknown = unknownPrices(region, asOf);
    const unbillable = unknown.includes('lambda.request') || unknown.includes('lambda.duration.x86_64');
    groups.get(names[unknown.length === 0 ? 0 : unbillable ? 2 : 1]!)!.push(region);
  }
  return [...groups]
    .filter(([, regions]) => regions.length > 0)
    .map(([name, regions]) => `${name}: ${regions.join(', ')}`);
}

function tierRows(price: Price, currency: string): string[][] {
  let from = 0;
  // Bounds are in units of the price, which may be a million requests.
  const whole = price.unit.startsWith('1M ') ? 1e6 : 1;
  return price.tiers.map(({ upTo, usd }) => {
    const volume =
      price.tiers.length === 1
        ? 'any volume'
        : Number.isFinite(upTo)
          ? `to ${rounded(upTo * whole)}`
          : `above ${rounded(from * whole)}`;
    from = upTo;
    const amount = currency === 'USD' ? `$${exactAmount(usd)}` : `${exactAmount(usd)} ${currency}`;
    return [`  ${volume}`, amount, price.unit];
  });
}

function rounded(quantity: number): string {
  return quantity < 1e9 ? `${exactAmount(quantity / 1e6)} million` : `${exactAmount(quantity / 1e9)} billion`;
}

/** The last tier has no end; JSON says so with null. */
function withoutInfinity(price: Price) {
  return {
    ...price,
    tiers: price.tiers.map(({ upTo, usd }) => ({ upTo: Number.isFinite(upTo) ? upTo : null, usd })),
  };
}

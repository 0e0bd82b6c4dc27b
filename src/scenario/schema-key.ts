/** Keys of records: message groups of a FIFO queue, partition keys of a stream. */
import { count, number } from './forms.js';
import { section } from './section.js';

export const keySchema = section('Keys of the records; each has its own unless given.', {
  count: count({ sentence: 'How many keys there are.' }, { minimum: 1, maximum: 1_000_000 }),
  skew: number({ sentence: 'Exponent of Zipf; 0 is even.' }, { minimum: 0, maximum: 10 }).prefault(0),
});

/** The one seedrandom generator in use, declared here because the package ships no types. */
declare module 'seedrandom/lib/tychei.js' {
  interface Generator {
    (): number;
    int32(): number;
    double(): number;
  }
  export default function tychei(seed: string): Generator;
}

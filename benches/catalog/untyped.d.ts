// Libraries without types of their own: what of them is used.
declare module 'itemsjs' {
  export default function itemsJs(items: object[], options: object): unknown;
}

declare module 'sql.js' {
  interface Statement {
    run(values: unknown[]): void;
  }
  interface Database {
    run(statement: string): void;
    exec(statement: string): { values: unknown[][] }[];
    prepare(statement: string): Statement;
    close(): void;
  }
  export default function initSqlJs(options: {
    locateFile?: (file: string) => string;
  }): Promise<{ Database: new () => Database }>;
}

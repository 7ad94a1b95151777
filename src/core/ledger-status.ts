/** What is known of the ledger's file without reading its entries. */
export interface LedgerStatus {
  readonly path: string;
  readonly entries: number;
  /** Of the file and of what the database keeps beside it. */
  readonly bytes: number;
  readonly schema: number;
}

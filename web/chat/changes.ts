/** What a card says that became of its thing. */
export const CHANGES = {
  created: 'New',
  updated: 'Changed',
  completed: 'Done',
  reopened: 'Open again',
  deleted: 'Deleted',
  restored: 'Brought back',
  shown: null,
} as const;

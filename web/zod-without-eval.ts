import { config } from 'zod';

// Compiled parsers need `new Function`, which the page's content security policy forbids. This module has to be the
// first import of an entry: schemas read the setting when they are made.
config({ jitless: true });

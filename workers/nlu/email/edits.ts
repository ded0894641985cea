import type { ActParams, Entity } from '../../../contracts/nlu.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import type { Range } from '../text.ts';
import { foldText, trimRange } from '../text.ts';
import { readStyle } from './edit-style.ts';
import { namesSomebody, peopleEntity } from './people.ts';
import { whichDraft } from './which-draft.ts';
import { mannerOf } from './wording.ts';

/** What a text changes of an email that is kept. */
export interface DraftEdit {
  entities: Entity[];
  params: ActParams;
  /** The email is named, so that it is meant whatever was done last. */
  named: boolean;
}

const NOUN = String.raw`(?:e-?mails?|mails?|drafts?|messages?|letters?)`;
const THE_DRAFT = String.raw`(?:the|that|this|my|our)\s+(?:[\p{L}\p{N}'-]+\s+){0,3}?${NOUN}(?:\s+(?:to|for|about)\s+[^,.;:]{1,40}?)?`;
/** What is changed: "it", or an email by name. */
const IT = String.raw`(?<it>it|that|this|${THE_DRAFT}|the\s+(?:text|tone|wording|style))`;
const MANNERS =
  /^(?:(?:please|pls|can\s+you|could\s+you|would\s+you|will\s+you|and|also|ok|okay|now|then|actually|no|nope|not\s+yet|hm+|um+|uh|well|just|oh|hey|yes|yeah|but|so|wait|sorry|i\s+want\s+(?:you\s+)?to|i'd\s+like\s+(?:you\s+)?to|let's|let\s+us)(?=[\s,.!:-])[\s,.!:-]+)+/;
const TAIL =
  /(?:[\s,]+(?:please|pls|thanks|thank\s+you|instead|for\s+me|though|first|will\s+you|would\s+you|too|as\s+well))+[\s.!?]*$|[\s.!?]+$/;

const pattern = (source: string): RegExp => new RegExp(`^${source}$`, 'dsu');
const DETACHED = String.raw`(?:\s+(?:in|to|into|on)\s+(?<it>${THE_DRAFT})|\s+(?:in\s+there|at\s+the\s+(?:end|bottom)|in\s+it))?`;

const STYLED = pattern(
  String.raw`(?:(?:make|keep|get|turn|have|write|rewrite|reword|rephrase|do|put)\s+${IT}(?:\s+(?:to\s+be|be|sound|look|read|into|in|in\s+an?|into\s+something))?\s+(?<style>.+)|(?:it|that|this)(?:'s|\s+is|\s+should\s+be|\s+sounds|\s+could\s+be|\s+must\s+be|\s+has\s+to\s+be|\s+needs\s+to\s+be)\s+(?<is>.+)|(?:use|with|in)\s+an?\s+(?<tone>.+?)\s+(?:tone|style|way|manner|voice)|(?<bare>.+))`,
);
const SHORTEN = pattern(
  String.raw`(?:(?<shorter>shorten|trim|condense|tighten|abridge|cut)|(?<longer>lengthen|expand|extend))\s+${IT}(?:\s+(?:down|up|a\s+(?:bit|little)|out))*`,
);
const SUBJECT = pattern(
  String.raw`(?:(?:change|set|make|update|switch|use|put|rename|edit)\s+(?:the\s+|its\s+|my\s+)?subject(?:\s+line)?(?:\s+(?:of|in|for)\s+${IT})?\s+(?:to\s+be|to\s+say|to|as|into|be|say|:|=)|(?:the\s+)?subject(?:\s+line)?(?:\s+(?:of|in|for)\s+(?:the|that|this|my)\s+${NOUN})?\s*(?:should\s+(?:be|say|read)|must\s+be|is|:|=)|(?:give|make)\s+it\s+the\s+subject|(?:call|title|name)\s+it)\s*:?\s*(?<subject>\S.*)`,
);
const ADD = pattern(
  String.raw`(?:(?:add|include|insert|put|write|append)\s+(?:in\s+|to\s+it\s+)?(?:an?\s+|another\s+|one\s+more\s+)?(?:line|sentence|paragraph|note|part|bit|p\.?s\.?)(?:\s+(?:at\s+the\s+(?:end|bottom)|to\s+it|in\s+it|to\s+the\s+${NOUN}))?(?:\s+(?:saying|that\s+says|which\s+says|to\s+say|where\s+i\s+say|telling\s+(?:him|her|them))(?:\s+that)?|\s+that|\s*:)?|(?:add|include|mention|note|say|write|put)(?:\s+(?:in\s+it|in\s+there|in|to\s+it|also|too|there|as\s+well))*\s+that|(?:add|include)(?:\s+to\s+it|\s+in\s+it)?\s*:|(?:tell|remind|inform)\s+(?:him|her|them|everyone|everybody)(?:\s+that)?(?!\s+to\s)|let\s+(?:him|her|them|everyone)\s+know(?:\s+that)?)\s+(?<add>\S.*?)${DETACHED}`,
);
/** Said to the reader by its own verb: "ask him if he can come", "mention the parking". */
const ADD_DEED = pattern(
  String.raw`(?<add>(?:ask|thank|remind|invite|wish|tell)\s+(?:him|her|them|everyone|everybody)\s+\S.*?|apologi[sz]e\s+(?:to\s+(?:him|her|them)\s+)?for\s+\S.*?|say\s+(?:thanks|thank\s+you|sorry|hello|hi)\b.*?|mention\s+\S.*?)${DETACHED}`,
);
/** "add X to the email": words, or somebody. */
const ADD_TO = pattern(
  String.raw`(?:add|include|put|insert)\s+(?<add>\S.*?)\s+(?:to|in|into|on)\s+(?:it|(?<it>${THE_DRAFT})|(?:the\s+)?(?:recipients?|cc|bcc|copy|receivers?|addressees?)(?:\s+(?:list|line))?)`,
);
const ADD_QUOTE = pattern(String.raw`(?:add|include|append|insert|write)\s+(?<add>["'\x60].*)`);
const COPY = pattern(
  String.raw`(?:(?:b?cc|copy(?:\s+in)?|add\s+as\s+(?:a\s+)?recipients?)\s+(?<who>\S.*?)(?:\s+in)?(?:\s+on\s+${IT})?|(?:send|address|forward|mail)\s+(?:a\s+copy|it|that|the\s+(?:e-?mail|mail|draft))\s+(?:also\s+)?to\s+(?<too>\S.*?)(?:\s+(?:too|as\s+well|also))?|(?:add|include)\s+(?<as>\S.*?)\s+as\s+(?:an?\s+|another\s+)?(?:recipients?|receivers?|addressees?)|(?<gets>\S+@\S+|\S+(?:\s+\S+)?)\s+(?:should|must|has\s+to|needs\s+to)\s+(?:also\s+)?(?:get|receive|have)\s+(?:it|that|this|a\s+copy)(?:\s+(?:too|as\s+well|also))?)`,
);
const TO = pattern(
  String.raw`(?:(?:change|set|switch)\s+(?:the\s+)?(?:recipients?|receivers?|addressees?)\s+to|(?:make|address|write|draft|change|redirect)\s+${IT}\s+(?:out\s+)?(?:to|for)|(?:it|that)(?:'s|\s+is|\s+should\s+be|\s+should\s+go|\s+goes)\s+(?:for|to))\s+(?<who>\S.*)`,
);
const OFF = pattern(
  String.raw`(?:(?:remove|take|drop|delete|leave|strike|uncc)\s+(?:off\s+|out\s+)?(?<who>\S.*?)(?:\s+(?:off|out|from\s+(?:it|(?<it>${THE_DRAFT})|the\s+(?:recipients?|cc|list))))|(?:don't|do\s+not|dont)\s+send\s+(?:it|that|the\s+${NOUN})\s+to\s+(?<whom>\S.*))`,
);
/** "Remove Bob": who gets an email may be named without it. */
const OFF_ALONE = pattern(
  String.raw`(?:remove|take|drop|delete|uninvite|strike|leave)\s+(?:out\s+|off\s+)?(?<who>\S.*?)(?:\s+(?:out|off))?`,
);
const SIGN = pattern(
  String.raw`(?:(?:sign|close|end)\s+(?:${IT}\s+)?(?:off\s+)?(?:as|with|by|from)\s+(?:my\s+name,?\s*)?|(?:use|put|add|insert|with)\s+(?:in\s+)?my\s+name\s*(?:,|:|as|is)?\s*|my\s+name\s+is\s+|i(?:'m|\s+am)\s+called\s+|signed?\s*(?::|by)\s*)(?<sign>\S.*)`,
);
const CUT_VERB = String.raw`(?:remove|delete|drop|cut(?:\s+out)?|take\s+out|leave\s+out|strike|erase|lose|get\s+rid\s+of|skip|kill)`;
const CUT = pattern(
  String.raw`${CUT_VERB}\s+(?:the\s+|its\s+|that\s+)?(?<place>last|first|second|third|final|closing|opening)\s+(?<unit>sentence|line|paragraph|part|bit)(?:\s+(?:of|from|in)\s+${IT})?`,
);
const CUT_ABOUT = pattern(
  String.raw`${CUT_VERB}\s+(?:the\s+|that\s+)?(?:part|sentence|bit|line|paragraph|thing|piece|words?)\s+(?:about|that\s+says|saying|which\s+says|where\s+i\s+say|with|on|that\s+i)\s+(?<about>\S.*?)(?:\s+(?:from|in)\s+${IT})?`,
);
const REPLACE = pattern(
  String.raw`(?:(?:replace|swap|substitute)\s+(?<from>\S.*?)\s+(?:with|by|for)\s+(?<to>\S.*?)|(?:change|correct)\s+(?<from2>\S.*?)\s+(?:to|into)\s+(?<to2>\S.*?)\s+in\s+${IT})`,
);
const REWORD = pattern(
  String.raw`(?:(?:reword|rewrite|rephrase|redo|redraft|rework|improve|polish)\s+${IT}(?<how>(?:\s+(?:again|better|nicely|differently|in\s+other\s+words|(?:(?:more|a\s+bit\s+more)\s+)?(?:formally|informally|professionally|casually|politely)|shorter))*(?:\s*,?\s*(?:with|using|by|from)\s+.+)?)|(?:write|draft|word)\s+(?:it|that|this)\s+(?<how2>(?:again|differently|anew|in\s+other\s+words)(?:\s+(?:with|using|by)\s+.+)?|(?:with|using|by|from)\s+(?:an?\s+|the\s+)?(?:ai|template|language\s+model|llm|gpt|model).*)|(?:use|take|with)\s+(?<how3>(?:the\s+)?(?:ai|language\s+model|llm)|an?\s+template|the\s+template)|(?:another|a\s+different|a\s+new)\s+version)`,
);
const BODY = pattern(
  String.raw`(?:(?:it|the\s+(?:text|body|${NOUN}))\s+should\s+(?:just\s+|only\s+)?(?:say|read)(?:\s+that)?|make\s+it\s+say(?:\s+that)?|(?:change|set|replace)\s+the\s+(?:text|body|content|message)\s+(?:to|with)|(?:just\s+)?say\s+(?:just|only))\s*:?\s+(?<body>\S.*)`,
);
const DISCARD = pattern(
  String.raw`(?:throw(?=\s+\S+\s+(?:away|out)$)|delete|discard|throw\s+away|throw\s+out|trash|bin|scrap|remove|erase|dump|get\s+rid\s+of|drop)\s+${IT}(?:\s+(?:draft|away|out|altogether|completely))*`,
);
const HOLD_BACK =
  /^(?:don't|do not|dont|never|stop|cancel|halt|hold)\s+(?:(?:the\s+)?send(?:ing)?(?:\s+(?:it|that|the\s+(?:e-?mail|mail|draft|message)|of\s+it))?|(?:the|that|this|my)\s+(?:e-?mail|mail|message|delivery|sending))(?:\s+(?:yet|now|please|after all|anymore|any more|just yet))*$/;

/** "don't send it": what waits to be sent is to stay. */
export const holdsBack = (draft: Draft): boolean => {
  const { start, end } = core(draft, { start: 0, end: draft.folded.length });
  return HOLD_BACK.test(draft.folded.slice(start, end));
};

const CHANGE_MAX = 2_000;

/**
 * What a text changes of an email: tone, length, what it says, its subject, to whom it goes. Null for any other text.
 *
 * @param held an email was made or changed last, so that "it" is one and a bare "shorter" is said of it
 */
export function readDraftEdit(draft: Draft, held: boolean): DraftEdit | null {
  if (draft.folded.length > CHANGE_MAX) return null;
  const read = readParts(draft, { start: 0, end: draft.folded.length }, true);
  return read && (held || read.named) ? read : null;
}

/** Without manners and marks at its ends. */
function core(draft: Draft, range: Range): Range {
  let { start, end } = trimRange(draft.folded, range, ',;:');
  start += MANNERS.exec(draft.folded.slice(start, end))?.[0].length ?? 0;
  for (let turn = 0; turn < 3; turn += 1) {
    const tail = TAIL.exec(draft.folded.slice(start, end));
    if (!tail || tail.index === 0) break;
    end = start + tail.index;
  }
  return { start, end };
}

const JOINT = /\s*(?:[,;.]\s*(?:(?:and|but|then)\s+)*|\s(?:and|but|then)\s+(?:then\s+)?)/g;

/** Several changes in one breath; what is to be added goes to its end unless another change is ordered there. */
function readParts(draft: Draft, range: Range, mayBeBare: boolean): DraftEdit | null {
  const span = core(draft, range);
  const words = draft.folded.slice(span.start, span.end);
  for (const joint of words.matchAll(JOINT)) {
    const at = span.start + joint.index;
    if (draft.quotes.some((quote) => quote.start < at && at < quote.end)) continue;
    const left = readOne(draft, { start: span.start, end: at }, mayBeBare);
    const right = left && readParts(draft, { start: at + joint[0].length, end: span.end }, false);
    if (left && right) return merged(left, right);
  }
  return readOne(draft, span, mayBeBare);
}

function merged(one: DraftEdit, other: DraftEdit): DraftEdit {
  const slots = new Set(one.entities.map(({ slot }) => slot));
  return {
    entities: [...one.entities, ...other.entities.filter(({ slot }) => !slots.has(slot))],
    params: { ...one.params, ...other.params, edit: { ...one.params.edit, ...other.params.edit } },
    named: one.named || other.named,
  };
}

function readOne(draft: Draft, range: Range, mayBeBare: boolean): DraftEdit | null {
  const span = core(draft, range);
  if (span.start >= span.end) return null;
  for (const read of READERS) {
    const edit = read(new Said(draft, span), mayBeBare);
    if (edit) return edit;
  }
  return null;
}

/** One change as it was said, with what its pattern found. */
class Said {
  private match: RegExpExecArray | null = null;

  constructor(
    readonly draft: Draft,
    readonly span: Range,
  ) {}

  fits(form: RegExp): boolean {
    this.match = form.exec(this.draft.folded.slice(this.span.start, this.span.end));
    return this.match !== null;
  }

  at(...names: readonly string[]): Range | null {
    for (const name of names) {
      const place = this.match?.indices?.groups?.[name];
      if (place) return { start: this.span.start + place[0], end: this.span.start + place[1] };
    }
    return null;
  }

  folded(...names: readonly string[]): string {
    const range = this.at(...names);
    return range ? this.draft.folded.slice(range.start, range.end) : '';
  }

  /** The words as they were typed, without quotes around them. */
  text(...names: readonly string[]): string {
    const range = this.at(...names);
    const words = range ? this.draft.text.slice(range.start, range.end).trim() : '';
    return words.replace(/^["'`“”„«](?<inner>.*)["'`“”»]$/s, '$<inner>').trim();
  }

  entity(slot: 'subject' | 'body', ...names: readonly string[]): Entity[] {
    const range = this.at(...names);
    const value = this.text(...names);
    return range && value !== '' ? [entityAt(this.draft, slot, range, value, 'as said')] : [];
  }

  people(...names: readonly string[]): Entity | null {
    const range = this.at(...names);
    return range && isPeople(this.draft, range) ? peopleEntity(this.draft, range) : null;
  }

  edit(params: ActParams, entities: readonly Entity[] = []): DraftEdit {
    const it = this.at('it');
    const target = whichDraft(it ? this.draft.text.slice(it.start, it.end) : 'it');
    const own = /^the\s+(?:text|tone|wording|style)$/.test(this.folded('it'));
    const value = own ? { kind: 'draft' as const, reference: 'last' as const } : target;
    const place = it ?? { start: this.span.start, end: this.span.start };
    return {
      entities: [entityAt(this.draft, 'target', place, value, 'the email that is changed'), ...entities],
      params: { ...params, edit: params.edit ?? {} },
      named: new RegExp(String.raw`\b${NOUN}\b`).test(
        this.draft.folded.slice(this.span.start, this.span.end),
      ),
    };
  }
}

/** Somebody by name, role or address; "milk" is nobody. */
function isPeople(draft: Draft, range: Range): boolean {
  const words = draft.folded.slice(range.start, range.end);
  return words.length < 200 && words.split(/\s+/).length <= 12 && namesSomebody(draft, range);
}

/** "Remove Bob" of an email that goes to him; null where none of the receivers is named. */
export function readReceiverOff(draft: Draft, receivers: readonly string[]): DraftEdit | null {
  const said = new Said(draft, core(draft, { start: 0, end: draft.folded.length }));
  if (!said.fits(OFF_ALONE)) return null;
  const names = said.folded('who').split(/\s*,\s*(?:and\s+)?|\s+and\s+/);
  const isReceiver = (name: string): boolean =>
    receivers.some((one) =>
      foldText(one)
        .split(/[\s@<]+/)
        .includes(name),
    );
  const who = names.every(isReceiver) ? said.people('who') : null;
  return who && said.edit({ edit: { to: 'remove' } }, [who]);
}

type Reader = (said: Said, mayBeBare: boolean) => DraftEdit | null;

const READERS: readonly Reader[] = [
  (said) => (said.fits(SUBJECT) ? said.edit({}, said.entity('subject', 'subject')) : null),
  (said) => {
    if (!said.fits(CUT)) return null;
    const place = said.folded('place');
    const unit = said.folded('unit');
    return said.edit({
      edit: {
        cut: {
          place: PLACES[place] ?? 'last',
          unit: unit === 'paragraph' ? 'paragraph' : 'sentence',
        },
      },
    });
  },
  (said) => (said.fits(CUT_ABOUT) ? said.edit({ edit: { cut: { about: said.text('about') } } }) : null),
  (said) =>
    said.fits(SIGN) && said.text('sign').length <= 100 && !/^(?:an?|the|your)\s/.test(said.folded('sign'))
      ? said.edit({ edit: { sign: said.text('sign') } })
      : null,
  (said) => {
    if (!said.fits(REWORD)) return null;
    const how = said.folded('how', 'how2', 'how3');
    const { method, tone } = mannerOf(how);
    if (/\bshorter\b/.test(how)) return said.edit({ edit: { length: 'shorter' } });
    if (tone && !method) return said.edit({ tone });
    return said.edit({ ...(method && { method }), ...(tone && { tone }), edit: { reword: true } });
  },
  (said) => {
    if (!said.fits(SHORTEN)) return null;
    return said.edit({ edit: { length: said.at('shorter') ? 'shorter' : 'longer' } });
  },
  (said, mayBeBare) => {
    if (!said.fits(STYLED)) return null;
    const isBare = said.at('bare') !== null;
    const style = isBare && !mayBeBare ? null : readStyle(said.folded('style', 'is', 'tone', 'bare'));
    return style && said.edit(style);
  },
  (said) => (said.fits(BODY) ? said.edit({ edit: {} }, said.entity('body', 'body')) : null),
  (said) => {
    const who = said.fits(TO) ? said.people('who') : null;
    return who && said.edit({ edit: { to: 'set' } }, [who]);
  },
  (said) => {
    const who = said.fits(OFF) ? said.people('who', 'whom') : null;
    return who && said.edit({ edit: { to: 'remove' } }, [who]);
  },
  (said) => {
    if (!said.fits(COPY)) return null;
    // "Send it to Bob" sends it; only "also" and "a copy" put him beside the others.
    const isBeside = said.at('too') === null || /\b(?:also|too|as well|a copy)\b/.test(said.draft.folded);
    const who = isBeside ? said.people('who', 'too', 'as', 'gets') : null;
    return who && said.edit({ edit: { to: 'add' } }, [who]);
  },
  (said) => {
    if (!said.fits(ADD_TO)) return null;
    const who = said.people('add');
    return who ? said.edit({ edit: { to: 'add' } }, [who]) : said.edit({ edit: { add: said.text('add') } });
  },
  (said) =>
    said.fits(ADD) || said.fits(ADD_QUOTE) || said.fits(ADD_DEED)
      ? said.edit({ edit: { add: said.text('add') } })
      : null,
  (said) =>
    said.fits(REPLACE)
      ? said.edit({ edit: { replace: { from: said.text('from', 'from2'), to: said.text('to', 'to2') } } })
      : null,
  (said) => {
    if (!said.fits(DISCARD)) return null;
    const edit = said.edit({ edit: { discard: true } });
    // What is called a mail may be a task; only a draft is surely one of ours.
    return { ...edit, named: /\bdrafts?\b/.test(said.folded('it')) };
  },
];

const PLACES: Readonly<Record<string, 'first' | 'second' | 'third' | 'last'>> = {
  first: 'first',
  opening: 'first',
  second: 'second',
  third: 'third',
  last: 'last',
  final: 'last',
  closing: 'last',
};

const SEND_OFF =
  /(?:\s*[,;.]\s*(?:and\s+)?(?:then\s+)?|\s+(?:and|then|&)\s+(?:then\s+)?)(?<send>(?:please\s+|just\s+)*send\s+(?:it|that|the\s+(?:e-?mail|mail|draft|message)|this)(?:\s+(?:to\s+(?:him|her|them)|off|out|over|now|right\s+away|immediately|straight\s+away|at\s+once|please|too))*)[\s.!]*$/d;

const SEND = pattern(
  String.raw`(?:go\s+ahead\s+and\s+)?(?:send|mail|e-?mail|submit|fire\s+off|deliver)\s+${IT}(?:\s+(?:off|out|over|now|right\s+away|immediately|straight\s+away|at\s+once|already|then|as\s+it\s+is))*(?:\s+to\s+(?<who>\S.*?))?(?:\s+(?:now|right\s+away|immediately|at\s+once))*`,
);

/** "send it", "send that to Ann and Bob": which email, and to whom; null for any other text. */
export function readSending(draft: Draft): Entity[] | null {
  const said = new Said(draft, core(draft, { start: 0, end: draft.folded.length }));
  if (!said.fits(SEND)) return null;
  const it = said.at('it');
  const to = said.at('who');
  const people = to && peopleEntity(draft, to);
  if (!it || (to && !people)) return null;
  return [
    entityAt(draft, 'target', it, whichDraft(draft.text.slice(it.start, it.end)), 'the email meant'),
    ...(people ? [people] : []),
  ];
}

/** What stands before "… and send it", and where that stands; null when it is not said. */
export function sendOff(draft: Draft): { before: Range; send: Range } | null {
  const match = draft.folded.length > 4_000 ? null : SEND_OFF.exec(draft.folded);
  const at = match?.indices?.groups?.['send'];
  if (!match || !at || match.index === 0) return null;
  return { before: { start: 0, end: match.index }, send: { start: at[0], end: at[1] } };
}

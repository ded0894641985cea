import { ArrowUp, Square } from 'lucide-react';
import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import type { Clarification } from '../../contracts/clarification.ts';
import { zoneNow, type RestClient } from '../client/index.ts';
import { AnsweringBar } from './answering-bar.tsx';
import { ExampleMenu } from './example-menu.tsx';
import { EXAMPLES_HIDDEN, examplesFor, type Example } from './examples.ts';
import { MarkedText } from './marked-text.tsx';
import { useMarks } from './use-marks.ts';

interface ComposerProps {
  field: RefObject<HTMLTextAreaElement | null>;
  rest: RestClient;
  text: string;
  onText: (text: string) => void;
  /** What was sent before, oldest first; Up brings it back. */
  sent: readonly string[];
  maxChars: number;
  busy: boolean;
  /** A parked question that the next line answers. */
  answering: Clarification | null;
  onLeaveAnswer: () => void;
  onSend: (text: string) => void;
  onStop: () => void;
}

/** The one line that does all. */
export function Composer(props: ComposerProps) {
  const { field, rest, text, onText, sent, maxChars, busy, answering, onLeaveAnswer, onSend, onStop } = props;
  const menuId = useId();
  const under = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const [menuClosed, setMenuClosed] = useState(false);
  const [recall, setRecall] = useState<number | null>(null);
  const marks = useMarks(rest, text, zoneNow());

  const examples = examplesFor(text.slice(1));
  const menuOpen = text.startsWith('/') && !menuClosed && examples.length > 0;
  const tooLong = text.trim().length > maxChars;

  // The text below has to scroll with the field above it.
  const follow = (): void => {
    if (under.current && field.current) under.current.scrollTop = field.current.scrollTop;
  };
  useLayoutEffect(follow);

  const write = (next: string): void => {
    onText(next);
    setActive(0);
    setMenuClosed(false);
  };
  const pick = (example: Example | undefined): void => {
    if (example) write(example.text);
    field.current?.focus();
  };
  const send = (): void => {
    if (text.trim() === '' || tooLong) return;
    onSend(text.trim());
    setRecall(null);
  };
  const recallBy = (step: number): boolean => {
    const index = (recall ?? sent.length) + step;
    if (index < 0 || index > sent.length) return false;
    write(sent[index] ?? '');
    setRecall(index === sent.length ? null : index);
    return true;
  };

  const onMenuKey = (event: KeyboardEvent): boolean => {
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = moves[event.key];
    if (step !== undefined) setActive((active + step + examples.length) % examples.length);
    else if (event.key === 'Enter' || event.key === 'Tab') pick(examples[active]);
    else if (event.key === 'Escape') setMenuClosed(true);
    else return false;
    return true;
  };
  const onLineKey = (event: KeyboardEvent): boolean => {
    const recalling = text === '' || (recall !== null && text === sent[recall]);
    if (event.key === 'Enter' && !event.shiftKey) send();
    else if (event.key === 'ArrowUp' && recalling) return recallBy(-1);
    else if (event.key === 'ArrowDown' && recall !== null && recalling) return recallBy(1);
    else if (event.key === 'Escape' && answering) onLeaveAnswer();
    else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Enter that ends a composition (Japanese, Chinese, accents) belongs to it.
    if (event.nativeEvent.isComposing) return;
    if (menuOpen ? onMenuKey(event) : onLineKey(event)) event.preventDefault();
  };

  return (
    <div className="composer">
      {menuOpen && (
        <ExampleMenu id={menuId} examples={examples} active={active} onPick={pick} onActive={setActive} />
      )}
      {answering && <AnsweringBar question={answering} onLeave={onLeaveAnswer} />}
      <div className="line">
        <div className="field">
          <div className="under" ref={under} aria-hidden>
            <MarkedText text={text} marks={marks} />
          </div>
          <textarea
            ref={field}
            rows={1}
            value={text}
            placeholder={answering ? 'Your answer' : 'Write what should happen'}
            aria-label={answering ? `Answer: ${answering.question}` : 'Message'}
            aria-autocomplete="list"
            aria-controls={menuOpen ? menuId : undefined}
            aria-activedescendant={menuOpen ? `${menuId}-${active}` : undefined}
            aria-invalid={tooLong || undefined}
            spellCheck
            onChange={(event) => write(event.target.value)}
            onScroll={follow}
            onKeyDown={onKeyDown}
          />
        </div>
        {busy && text.trim() === '' ? (
          <button type="button" className="send stop" aria-label="Stop" title="Stop" onClick={onStop}>
            <Square size={13} fill="currentColor" aria-hidden />
          </button>
        ) : (
          <button
            type="button"
            className="send"
            aria-label="Send"
            title="Send"
            disabled={text.trim() === '' || tooLong}
            onClick={send}
          >
            <ArrowUp size={18} strokeWidth={2.25} aria-hidden />
          </button>
        )}
      </div>
      <p className="hint">
        {tooLong ? (
          <span className="hint-fault">
            {text.trim().length.toLocaleString('en')} of {maxChars.toLocaleString('en')} characters
          </span>
        ) : menuOpen && text === '/' ? (
          <span>{EXAMPLES_HIDDEN} more: type on, such as email, task or event</span>
        ) : marks.length > 0 ? (
          marks.map((mark) => (
            <span key={mark.start} className={mark.slot === 'title' ? 'hint-title' : undefined}>
              {mark.shown}
            </span>
          ))
        ) : (
          <span>
            <kbd>/</kbd> for examples<span className="hint-keys">, Shift + Enter for a new line</span>
          </span>
        )}
      </p>
    </div>
  );
}

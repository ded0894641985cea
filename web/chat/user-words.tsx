import type { Understood } from '../client/index.ts';

interface UserWordsProps {
  text: string;
  active: Understood | undefined;
}

/** What the user said; the words behind the chip in focus are marked. */
export function UserWords({ text, active }: UserWordsProps) {
  const words = active?.words;
  if (!words || text.slice(words.start, words.end) !== words.text)
    return (
      <p className="words" dir="auto">
        {text}
      </p>
    );
  return (
    <p className="words" dir="auto">
      {text.slice(0, words.start)}
      <mark>{words.text}</mark>
      {text.slice(words.end)}
    </p>
  );
}

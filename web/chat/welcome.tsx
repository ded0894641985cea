import { ArrowUpRight } from 'lucide-react';
import { FIRST_EXAMPLES } from './examples.ts';
import { useChatActions } from './chat-actions.ts';

/** An empty conversation: three sentences that work at once. */
export function Welcome() {
  const { say } = useChatActions();
  return (
    <div className="welcome">
      <h2>What’s on your mind?</h2>
      <p>Say it in your own words. You see what was understood, and every change can be taken back.</p>
      <ul>
        {FIRST_EXAMPLES.map((example) => (
          <li key={example.text}>
            <button type="button" onClick={() => say(example.text)}>
              <span>
                <span className="welcome-text">{example.text}</span>
                <span className="welcome-about">{example.about}</span>
              </span>
              <ArrowUpRight size={17} strokeWidth={1.75} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

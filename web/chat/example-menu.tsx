import { useEffect, useRef } from 'react';
import type { Example } from './examples.ts';

interface ExampleMenuProps {
  id: string;
  examples: readonly Example[];
  active: number;
  onPick: (example: Example) => void;
  onActive: (index: number) => void;
}

/** What can be said; picking one fills the line. The focus stays in the line. */
export function ExampleMenu({ id, examples, active, onPick, onActive }: ExampleMenuProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    // A list that scrolls can be reached with the keyboard.
    <div className="examples" role="listbox" id={id} aria-label="Examples" tabIndex={0} ref={place}>
      {examples.map((example, index) => (
        <div
          key={example.text}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          className="example"
          onMouseMove={({ movementX, movementY }) => {
            // A list that opens under a resting pointer must not take the choice from the keys.
            if (movementX !== 0 || movementY !== 0) onActive(index);
          }}
          onMouseDown={(event) => {
            event.preventDefault();
            onPick(example);
          }}
        >
          <span>{example.text}</span>
          <span className="example-about">{example.about}</span>
        </div>
      ))}
    </div>
  );
}

import type { LucideIcon } from 'lucide-react';
import type { Ref } from 'react';
import { stopAt } from './roving.tsx';

interface IconButtonProps {
  icon: LucideIcon;
  label: string;
  onClick: () => void;
  className?: string;
  pressed?: boolean;
  expanded?: boolean;
  badge?: number;
  /** Within `Roving`, what it is called there. */
  stop?: string;
  ref?: Ref<HTMLButtonElement>;
}

/** A button that is only an icon; its name is for assistive technology and shown as a tooltip. */
export function IconButton({
  icon: Icon,
  label,
  onClick,
  className,
  pressed,
  expanded,
  badge,
  stop,
  ref,
}: IconButtonProps) {
  return (
    <button
      ref={ref}
      type="button"
      {...(stop !== undefined && stopAt(stop))}
      className={`icon-button ${className ?? ''}`}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      aria-expanded={expanded}
      onClick={onClick}
    >
      <Icon size={18} strokeWidth={1.75} aria-hidden />
      {badge !== undefined && badge > 0 && <span className="badge">{badge}</span>}
    </button>
  );
}

import { Check, ChevronsUpDown, LogOut, UserPlus, UserRound } from 'lucide-react';
import {
  useEffect,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { DEMO_PEOPLE, type DemoLogin } from '../app/demo-login.ts';
import { useLogin } from '../app/login-context.ts';

/** Who is here, and behind it the ways to be somebody else. */
export function PersonMenu({ plan }: { plan: string }) {
  const { login, signOut } = useLogin();
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const menuId = useId();
  useCloseOutside(place, open, () => setOpen(false));

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !open) return;
    // The drawer around it stays open.
    event.preventDefault();
    event.stopPropagation();
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div className="person" ref={place} onKeyDown={onKeyDown}>
      {open && (
        <div className="person-menu" id={menuId} role="group" aria-label="Who you are">
          {login.kind === 'demo' ? (
            <DemoPeople login={login} />
          ) : (
            <>
              <p className="person-menu-head">Signed in as {login.name}</p>
              <PersonChoice icon={<LogOut size={16} aria-hidden />} label="Sign out" onClick={signOut} />
            </>
          )}
        </div>
      )}
      <button
        ref={button}
        type="button"
        className="person-button"
        aria-expanded={open}
        aria-controls={open ? menuId : undefined}
        onClick={() => setOpen(!open)}
      >
        <span className="avatar" aria-hidden>
          {login.name.slice(0, 1).toUpperCase()}
        </span>
        <span className="who">
          <span>{login.name}</span>
          <span className="plan">{plan}</span>
        </span>
        <ChevronsUpDown size={15} aria-hidden />
      </button>
    </div>
  );
}

function DemoPeople({ login }: { login: DemoLogin }) {
  const { become } = useLogin();
  const former = login.formerGuest;
  return (
    <>
      <p className="person-menu-head">
        {login.isGuest ? 'You are a guest. Try the day of' : `You are ${login.name}, a demo person`}
      </p>
      {DEMO_PEOPLE.map(({ name, label, about }) => (
        <PersonChoice
          key={name}
          icon={<span className="avatar">{label.slice(0, 1)}</span>}
          label={label}
          about={about}
          current={name === login.id}
          onClick={() => become(name)}
        />
      ))}
      {former !== null && (
        <PersonChoice
          icon={<UserRound size={16} aria-hidden />}
          label="Guest"
          about="Who you were before"
          onClick={() => become(former)}
        />
      )}
      <PersonChoice
        icon={<UserPlus size={16} aria-hidden />}
        label="New guest"
        about="An empty day"
        onClick={() => become()}
      />
    </>
  );
}

interface PersonChoiceProps {
  icon: ReactNode;
  label: string;
  about?: string;
  current?: boolean;
  onClick: () => void;
}

function PersonChoice({ icon, label, about, current = false, onClick }: PersonChoiceProps) {
  return (
    <button
      type="button"
      className="person-choice"
      aria-current={current ? 'true' : undefined}
      disabled={current}
      onClick={onClick}
    >
      <span className="person-icon" aria-hidden>
        {icon}
      </span>
      <span className="who">
        <span>{label}</span>
        {about !== undefined && <span className="plan">{about}</span>}
      </span>
      {current && <Check size={16} aria-hidden />}
    </button>
  );
}

function useCloseOutside(place: RefObject<HTMLElement | null>, open: boolean, close: () => void): void {
  useEffect(() => {
    if (!open) return undefined;
    const onOutside = ({ target }: Event): void => {
      if (target instanceof Node && !place.current?.contains(target)) close();
    };
    window.addEventListener('pointerdown', onOutside);
    window.addEventListener('focusin', onOutside);
    return () => {
      window.removeEventListener('pointerdown', onOutside);
      window.removeEventListener('focusin', onOutside);
    };
  });
}

import { useState, type ReactNode } from 'react';
import { WEEKDAYS, type Settings, type Weekday } from '../../contracts/entities.ts';
import { capitalised } from '../parts/capitalised.ts';

type Hours = Settings['working_hours'];

interface RowProps {
  label: string;
  about?: string;
  /** What the fields in it are named by. */
  name: string;
  fault: string | null;
  children: ReactNode;
}

/** A setting with its name, what it is for, and what is wrong with it. */
export function Row({ label, about, name, fault, children }: RowProps) {
  return (
    <div className="setting" role="group" aria-labelledby={`${name}-label`}>
      <div className="setting-name">
        <span id={`${name}-label`}>{label}</span>
        {about !== undefined && <span className="soft">{about}</span>}
      </div>
      <div className="setting-field">{children}</div>
      {fault !== null && (
        <p className="setting-fault" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

interface PickFieldProps<T extends string> {
  name: string;
  value: T;
  choices: readonly (readonly [value: T, label: string])[];
  onValue: (value: T) => void;
}

/** One of a few. */
export function PickField<T extends string>({ name, value, choices, onValue }: PickFieldProps<T>) {
  return (
    <div className="segments radios">
      {choices.map(([one, label]) => (
        <label key={one}>
          <input type="radio" name={name} checked={one === value} onChange={() => onValue(one)} />
          <span>{label}</span>
        </label>
      ))}
    </div>
  );
}

/** Some of the week's days; the last one stays. */
export function DaysField({ value, onValue }: { value: Weekday[]; onValue: (days: Weekday[]) => void }) {
  const switched = (day: Weekday): Weekday[] =>
    WEEKDAYS.filter((one) => (one === day ? !value.includes(day) : value.includes(one)));
  return (
    <div className="segments radios days">
      {WEEKDAYS.map((day) => (
        <label key={day}>
          <input
            type="checkbox"
            name="work_days"
            aria-label={capitalised(day)}
            checked={value.includes(day)}
            disabled={value.length === 1 && value.includes(day)}
            onChange={() => onValue(switched(day))}
          />
          <span aria-hidden>{capitalised(day.slice(0, 2))}</span>
        </label>
      ))}
    </div>
  );
}

const OWN_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The zone, by its name; this device's own is one press away. */
export function ZoneField({ value, onValue }: { value: string; onValue: (zone: string) => void }) {
  const zones = [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', value, OWN_ZONE])].sort();
  return (
    <>
      <select aria-label="Time zone" value={value} onChange={({ target }) => onValue(target.value)}>
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll('_', ' ')}
          </option>
        ))}
      </select>
      {value !== OWN_ZONE && (
        <button type="button" className="link" onClick={() => onValue(OWN_ZONE)}>
          Use this device’s: {OWN_ZONE.replaceAll('_', ' ')}
        </button>
      )}
    </>
  );
}

interface TimeInputProps {
  label: string;
  value: string;
  onValue: (value: string) => void;
}

/** A time to type; it is kept when the field is left or Enter is pressed, since each digit makes another one. */
function TimeInput({ label, value, onValue }: TimeInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const keep = (): void => {
    if (typed !== null && typed !== '' && typed !== value) onValue(typed);
    setTyped(null);
  };
  return (
    <input
      type="time"
      required
      aria-label={label}
      value={typed ?? value}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
        if (event.key !== 'Escape' || typed === null) return;
        event.preventDefault();
        event.stopPropagation();
        setTyped(null);
      }}
    />
  );
}

interface HoursFieldProps {
  name: string;
  value: Hours | null;
  /** What they begin as; without it they can't be switched off. */
  suggestion?: Hours;
  onValue: (value: Hours | null) => void;
}

/** From one time of day to another. */
export function HoursField({ name, value, suggestion, onValue }: HoursFieldProps) {
  const what = name.replace('_', ' ');
  return (
    <>
      {suggestion && (
        <Switch
          label={`Keep ${what}`}
          on={value !== null}
          onSwitch={(on) => onValue(on ? suggestion : null)}
        />
      )}
      {value !== null && (
        <span className="setting-hours">
          <TimeInput
            label={`From, ${what}`}
            value={value.start}
            onValue={(start) => onValue({ ...value, start })}
          />
          <span aria-hidden>–</span>
          <TimeInput label={`To, ${what}`} value={value.end} onValue={(end) => onValue({ ...value, end })} />
        </span>
      )}
    </>
  );
}

interface TimeFieldProps {
  name: string;
  value: string | null;
  suggestion: string;
  onValue: (value: string | null) => void;
}

/** A time of day, or none. */
export function TimeField({ name, value, suggestion, onValue }: TimeFieldProps) {
  const what = name.replace('_', ' ');
  return (
    <>
      <Switch
        label={`Have a ${what}`}
        on={value !== null}
        onSwitch={(on) => onValue(on ? suggestion : null)}
      />
      {value !== null && <TimeInput label={what} value={value} onValue={onValue} />}
    </>
  );
}

interface SwitchProps {
  label: string;
  on: boolean;
  disabled?: boolean;
  onSwitch: (on: boolean) => void;
}

export function Switch({ label, on, disabled = false, onSwitch }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      aria-label={label}
      className="switch"
      disabled={disabled}
      onClick={() => onSwitch(!on)}
    >
      <span aria-hidden />
    </button>
  );
}

interface MinutesFieldProps {
  name: string;
  value: number;
  onValue: (minutes: number) => void;
}

/** A length in minutes, kept when the field is left. What no length can be is the server's to say. */
export function MinutesField({ name, value, onValue }: MinutesFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const keep = (): void => {
    const minutes = Number(typed);
    if (typed !== null && typed.trim() !== '' && minutes !== value) onValue(minutes);
    setTyped(null);
  };
  return (
    <span className="setting-hours">
      <input
        type="number"
        inputMode="numeric"
        step={5}
        aria-label={`Minutes, ${name.split('_')[0]}`}
        value={typed ?? String(value)}
        onChange={({ target }) => setTyped(target.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keep();
        }}
      />
      <span>min</span>
    </span>
  );
}

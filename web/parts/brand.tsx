/** The product's mark and name. */
export function Brand() {
  return (
    <span className="brand">
      <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden>
        <rect width="32" height="32" rx="9" className="brand-ground" />
        <path d="M6.5 17.5h4l3-8 5 13 3-7.5h4" className="brand-line" />
      </svg>
      PulsePlan
    </span>
  );
}

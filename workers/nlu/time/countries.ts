/** Country codes by zone, as far as feasts differ between them. */
const ZONES: Record<string, string> = {
  US: 'America/New_York America/Chicago America/Denver America/Phoenix America/Los_Angeles America/Anchorage America/Detroit America/Boise America/Indiana America/Kentucky America/North_Dakota America/Juneau America/Nome America/Adak Pacific/Honolulu US',
  CA: 'America/Toronto America/Vancouver America/Edmonton America/Winnipeg America/Halifax America/St_Johns America/Regina America/Montreal America/Moncton America/Yellowknife America/Whitehorse America/Iqaluit America/Goose_Bay America/Thunder_Bay Canada',
  GB: 'Europe/London Europe/Belfast Europe/Jersey Europe/Guernsey Europe/Isle_of_Man GB',
  IE: 'Europe/Dublin Eire',
  AU: 'Australia',
  NZ: 'Pacific/Auckland Pacific/Chatham NZ',
  IN: 'Asia/Kolkata Asia/Calcutta',
  PK: 'Asia/Karachi',
  BD: 'Asia/Dhaka',
  ZA: 'Africa/Johannesburg',
  NG: 'Africa/Lagos',
  KE: 'Africa/Nairobi',
  GH: 'Africa/Accra',
  EG: 'Africa/Cairo',
  BR: 'America/Sao_Paulo America/Bahia America/Recife America/Fortaleza America/Manaus America/Belem America/Cuiaba America/Campo_Grande Brazil',
  MX: 'America/Mexico_City America/Monterrey America/Tijuana America/Cancun America/Merida America/Chihuahua America/Hermosillo Mexico',
  AR: 'America/Argentina America/Buenos_Aires',
  CL: 'America/Santiago',
  CO: 'America/Bogota',
  PE: 'America/Lima',
  DE: 'Europe/Berlin',
  AT: 'Europe/Vienna',
  CH: 'Europe/Zurich',
  FR: 'Europe/Paris',
  ES: 'Europe/Madrid Atlantic/Canary',
  PT: 'Europe/Lisbon Atlantic/Madeira Atlantic/Azores',
  IT: 'Europe/Rome',
  NL: 'Europe/Amsterdam',
  BE: 'Europe/Brussels',
  SE: 'Europe/Stockholm',
  NO: 'Europe/Oslo',
  DK: 'Europe/Copenhagen',
  FI: 'Europe/Helsinki',
  PL: 'Europe/Warsaw',
  GR: 'Europe/Athens',
  TR: 'Europe/Istanbul Asia/Istanbul',
  RU: 'Europe/Moscow Asia/Yekaterinburg Asia/Novosibirsk Asia/Vladivostok',
  UA: 'Europe/Kyiv Europe/Kiev',
  IL: 'Asia/Jerusalem Asia/Tel_Aviv',
  JP: 'Asia/Tokyo',
  CN: 'Asia/Shanghai',
  HK: 'Asia/Hong_Kong',
  TW: 'Asia/Taipei',
  KR: 'Asia/Seoul',
  SG: 'Asia/Singapore',
  MY: 'Asia/Kuala_Lumpur',
  PH: 'Asia/Manila',
  TH: 'Asia/Bangkok',
  VN: 'Asia/Ho_Chi_Minh Asia/Saigon',
  ID: 'Asia/Jakarta',
};

const BY_ZONE: ReadonlyMap<string, string> = new Map(
  Object.entries(ZONES).flatMap(([country, zones]) =>
    zones.split(' ').map((zone): [string, string] => [zone, country]),
  ),
);

/** The country whose clocks the zone shows; undefined where that does not matter here. */
export function countryOf(timezone: string): string | undefined {
  return (
    BY_ZONE.get(timezone) ??
    BY_ZONE.get(timezone.split('/').slice(0, 2).join('/')) ??
    BY_ZONE.get(timezone.split('/')[0] ?? '')
  );
}

/** How a text is read: in code, what has no quotes is another name or an expression. */
export type Reading = 'code' | 'plain';

/** Lines that give a name a value with a blank between them. */
const givingLine =
  /^[ \t>+-]{0,20}(?:ENV|ARG|setx?|SetEnv|fastcgi_param|proxy_set_header|machine|default login|requirepass|masterauth|git config|heroku config:set|fly secrets set|export -?x?)\b/;

/** Names beside which a password has no quotes: connection strings. */
const connection =
  /(?:server|data source|host(?:name|addr)?|endpoint|accountname|user ?id|user(?:name)?|uid|protocol|catalog|database|dbname|driver|address)[ \t]?=(?![>=])/i;

/** So much of a line, before and behind a name, says where it stands. */
const looked = 200;

/** The place of a name in a text. What follows reads a few hundred characters around it at most. */
export interface Place {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** How the text is read in general. */
  readonly reading: Reading;
}

/** "--password". */
export function isOption({ text, start }: Place): boolean {
  return (
    text.charAt(start - 1) === '-' && /(?:^|[\s"'[(,])--?$/.test(text.slice(Math.max(0, start - 4), start))
  );
}

/** Such a line gives a name a value, and says nothing else. */
export function isGiven(place: Place): boolean {
  return givingLine.test(lineBefore(place) + nameOf(place));
}

/** In such a line a blank is enough between a name and its value. */
export function isSpaced(place: Place): boolean {
  return (
    isGiven(place) || /^[ \t>+-]{0,20}(?:login|password|account)\b/i.test(lineBefore(place) + nameOf(place))
  );
}

/** Only a value can stand here: in a connection string, in the query of an address, behind an option. */
export function isCertain(place: Place): boolean {
  return isOption(place) || isInAddress(place) || isInConnection(place) || isSetting(place);
}

/** Whether a value without quotes can stand here. */
export function isPlain(place: Place): boolean {
  return (
    place.reading === 'plain' ||
    isCertain(place) ||
    isInString(place) ||
    isDefault(place) ||
    /(?:^|\s)(?:\/\/|#|\*|--|<!--)[ \t]/.test(lineBefore(place))
  );
}

/** PASSWORD=…, db.password=…: a line of its own. */
function isSetting(place: Place): boolean {
  return (
    place.reading === 'plain' &&
    /^=[^=>]/.test(place.text.slice(place.end, place.end + 2)) &&
    /^[ \t+-]{0,20}(?:export )?$/.test(lineBefore(place))
  );
}

function isInAddress({ text, start, end }: Place): boolean {
  return /[?&]/.test(text.charAt(start - 1)) && text.charAt(end) === '=';
}

function isInConnection(place: Place): boolean {
  const { text, end } = place;
  if (!/^[ \t]?=(?![>=])/.test(text.slice(end, end + 3))) return false;
  const line = lineBefore(place);
  // In code it stands in a string; named arguments don't.
  if (place.reading === 'code' && !/["'`]/.test(line)) return false;
  return connection.test(line) || connection.test(lineBehind(place));
}

/** "${db.password:…}". */
function isDefault({ text, start, end }: Place): boolean {
  return text.slice(Math.max(0, start - 2), start) === '${' && text.charAt(end) === ':';
}

/** "API_KEY=…", 'X-Api-Key: …'. */
function isInString(place: Place): boolean {
  return (
    /["'`]/.test(place.text.charAt(place.start - 1)) &&
    /^(?:=[^\s=>"'`]|: ?[^\s"'`,])/.test(lineBehind(place))
  );
}

function nameOf({ text, start, end }: Place): string {
  return text.slice(start, end);
}

function lineBefore({ text, start }: Place): string {
  const back = text.slice(Math.max(0, start - looked), start);
  return back.slice(back.lastIndexOf('\n') + 1);
}

function lineBehind({ text, end }: Place): string {
  const ahead = text.slice(end, end + looked);
  const lineEnd = ahead.indexOf('\n');
  return lineEnd < 0 ? ahead : ahead.slice(0, lineEnd);
}

/** English names whole and cut, and the cut ones that `date` prints in German, French, Spanish and Italian; in small letters. */
export const MONTHS: ReadonlyMap<string, number> = monthNames();
export const WEEKDAYS: ReadonlySet<string> = new Set(
  (
    'mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday tues thur thurs ' +
    'mo di mi do fr sa so lun mar mer jeu ven sam dim lun. mié jue vie sáb dom gio'
  ).split(' '),
);
/** The abbreviations in letters that the time zone database has today, but for `UTC` and `GMT`. */
export const ZONE_WORDS: ReadonlySet<string> = new Set(
  (
    'CET CEST EET EEST WET WEST BST IST IDT MSK EST EDT CST CDT MST MDT PST PDT AST ADT NST NDT AKST AKDT HST HDT JST KST ' +
    'HKT SGT AEST AEDT ACST ACDT AWST NZST NZDT SST SAST CAT EAT WAT WIB WIT WITA PKT'
  ).split(' '),
);

function monthNames(): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  const english = 'january february march april may june july august september october november december'.split(' ');
  english.forEach((name, i) => {
    names.set(name, i + 1);
    names.set(name.slice(0, 3), i + 1);
  });
  names.set('sept', 9);
  const others =
    'mär 3,mai 5,okt 10,dez 12,janv 1,févr 2,mars 3,avr 4,juin 6,juil 7,août 8,déc 12,ene 1,abr 4,ago 8,dic 12,gen 1,mag 5,giu 6,lug 7,set 9,ott 10';
  for (const entry of others.split(',')) {
    const [name = '', month = ''] = entry.split(' ');
    names.set(name, Number(month));
  }
  return names;
}

export function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

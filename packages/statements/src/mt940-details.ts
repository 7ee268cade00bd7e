/** What field 86 says of a movement. */
export interface MovementDetails {
  name?: string | undefined;
  account?: string | undefined;
  remittance: string;
  reference?: string | undefined;
  endToEndId?: string | undefined;
  isReturn: boolean;
}

/**
 * Reads field 86 in the dialects of banks: fields between question marks or another sign as German banks write them,
 * names between slashes as others do, or plain text.
 * @param lines the lines of the field as they stand in the file
 */
export function detailsOf(lines: readonly string[]): MovementDetails {
  const text = lines.join('');
  const sign = /^\d{3}([^\dA-Za-z\s])\d{2}/.exec(text)?.[1];
  if (sign !== undefined) return germanDetails(text.slice(4).split(sign));
  if (/^\/[A-Z]{2,4}\//.test(text)) return slashedDetails(text);
  return { remittance: lines.join(' '), isReturn: false };
}

/** Codes of SEPA fields within the purpose of German banks. */
const sepaCodes = /(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|COAM|OAMT|PURP|IBAN|BIC)\+/g;

/** Words in the posting text of a movement that takes another one back. */
const returnWords = ['STORNO', 'RUECKLAST', 'RÜCKLAST', 'RUECKGAB', 'RÜCKGAB', 'RUECKUEBERW', 'RETOURE'];

function germanDetails(fields: readonly string[]): MovementDetails {
  const of = (isIn: (code: number) => boolean) =>
    fields
      .filter((field) => /^\d{2}/.test(field) && isIn(Number(field.slice(0, 2))))
      .map((field) => field.slice(2));
  const purpose = of((code) => (code >= 20 && code <= 29) || (code >= 60 && code <= 63));
  const codes = sepaFields(purpose);
  const name = of((code) => code === 32 || code === 33)
    .join('')
    .trim();
  const account = of((code) => code === 31)
    .join('')
    .trim();
  const posting = of((code) => code === 0)
    .join('')
    .toUpperCase();
  return {
    name: codes.get('ABWA') ?? (name === '' ? undefined : name),
    account: codes.get('IBAN') ?? (account === '' ? undefined : account),
    remittance: codes.get('SVWZ') ?? codes.get('') ?? '',
    endToEndId: codes.get('EREF') ?? codes.get('KREF'),
    isReturn: returnWords.some((word) => posting.includes(word)),
  };
}

/** The SEPA fields by their code; under the empty code what stands before the first. */
function sepaFields(purpose: readonly string[]): Map<string, string> {
  // A field of 27 characters goes on in the next one; a shorter one ends a word.
  const text = purpose.map((field) => (field.length >= 27 ? field : `${field} `)).join('');
  const found = new Map<string, string>();
  let code = '';
  let start = 0;
  for (const match of text.matchAll(sepaCodes)) {
    found.set(code, text.slice(start, match.index).trim());
    code = match[1] ?? '';
    start = match.index + match[0].length;
  }
  found.set(code, text.slice(start).trim());
  return found;
}

/** Names of the fields between slashes. */
const slashedCodes = new Set(
  'TRTP TRCD EREF KREF MREF MARF PREF RREF IREF ADDR BIC IBAN NAME CNTP REMI BENM ORDP ULTC ULTD ULTB CSID PURP RTRN ISDT OCMT CHGS EXCH INIT BUSP'.split(
    ' ',
  ),
);

function slashedDetails(text: string): MovementDetails {
  const fields = new Map<string, string[]>();
  let values: string[] = [];
  for (const part of text.split('/').slice(1))
    if (slashedCodes.has(part)) fields.set(part, (values = []));
    else values.push(part);
  const [account, , counterparty] = fields.get('CNTP') ?? [];
  const said = fields.get('REMI') ?? [];
  const isStructured = said[0] === 'STRD';
  // USTD and STRD say which form follows; CUR and ISO name the issuer of the reference.
  const written = said.filter(
    (part, index) => part !== '' && (index > 1 || !/^(?:USTD|STRD|CUR|ISO)$/.test(part)),
  );
  return {
    name: valueOf(fields.get('NAME')) ?? counterparty,
    account: valueOf(fields.get('IBAN')) ?? account,
    remittance: written.join('/'),
    reference: isStructured ? written[0] : undefined,
    endToEndId: valueOf(fields.get('EREF')),
    isReturn: fields.has('RTRN'),
  };
}

/** A value with the slashes within it, and without those that end it. */
function valueOf(parts: readonly string[] | undefined): string | undefined {
  const value = parts?.filter((part) => part !== '').join('/');
  return value === '' ? undefined : value;
}

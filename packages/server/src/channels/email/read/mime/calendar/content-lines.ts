/** A component of a calendar (RFC 5545): VCALENDAR, VEVENT, VTIMEZONE… Names are in upper case. */
export interface Component {
  name: string;
  fields: Field[];
  children: Component[];
}

export interface Field {
  name: string;
  parameters: Map<string, string>;
  value: string;
}

const mostCharacters = 256 * 1024;
const mostDepth = 8;

/** Reads a calendar as far as it can be read; what is no content line is passed over. */
export function readComponents(text: string): Component {
  const root: Component = { name: '', fields: [], children: [] };
  const open = [root];
  for (const line of unfold(text.slice(0, mostCharacters))) {
    const field = readField(line);
    const inner = open.at(-1);
    if (!field || !inner) continue;
    if (field.name === 'BEGIN' && open.length <= mostDepth) {
      const component = { name: field.value.trim().toUpperCase(), fields: [], children: [] };
      inner.children.push(component);
      open.push(component);
    } else if (field.name === 'END') {
      if (open.length > 1 && inner.name === field.value.trim().toUpperCase()) open.pop();
    } else if (field.name !== 'BEGIN') inner.fields.push(field);
  }
  return root;
}

export function fieldOf({ fields }: Component, name: string): Field | null {
  return fields.find((field) => field.name === name) ?? null;
}

/** Undoes the escapes of a text value. */
export function textOf(field: Field | null): string {
  return (field?.value ?? '').replace(/\\([nN\\;,])/g, (_, char: string) => (/n/i.test(char) ? '\n' : char)).trim();
}

function unfold(text: string): string[] {
  return text.replace(/\r?\n[ \t]/g, '').split(/\r?\n|\r/);
}

/** `NAME;PARAMETER="…":value`; colons and semicolons in quotes belong to the parameter. */
function readField(line: string): Field | null {
  const head = /^[A-Za-z0-9-]{1,60}(?:;(?:[^":;\r\n]|"[^"\r\n]*")*)*:/.exec(line)?.[0];
  if (!head) return null;
  const [name = '', ...parameters] = head.slice(0, -1).match(/(?:[^";]|"[^"]*")+/g) ?? [];
  return {
    name: name.toUpperCase(),
    parameters: new Map(parameters.map(readParameter)),
    value: line.slice(head.length),
  };
}

function readParameter(parameter: string): [string, string] {
  const equals = parameter.indexOf('=');
  if (equals < 0) return [parameter.toUpperCase(), ''];
  return [parameter.slice(0, equals).trim().toUpperCase(), parameter.slice(equals + 1).replace(/^"|"$/g, '')];
}

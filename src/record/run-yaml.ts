/** A value of the run file. `undefined` is left out. */
export type YamlValue = string | number | boolean | undefined | { readonly [key: string]: YamlValue };

/**
 * Writes `run.yaml`: mappings, texts, numbers. Texts that YAML could take for something else are written as JSON strings, which
 * are YAML, too.
 */
export function toYaml(value: { readonly [key: string]: YamlValue }, indent = ''): string {
  let text = '';
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    const name = scalar(key);
    if (typeof item !== 'object') text += `${indent}${name}: ${typeof item === 'string' ? scalar(item) : item}\n`;
    else if (Object.values(item).some((inner) => inner !== undefined))
      text += `${indent}${name}:\n${toYaml(item, `${indent}  `)}`;
  }
  return text;
}

/** Words that YAML 1.1 or 1.2 take for a truth value or for nothing. */
const RESERVED = /^(true|false|null|yes|no|on|off|y|n)$/i;

function scalar(text: string): string {
  const plain = /^[A-Za-z/][\w ./@%+=,()-]*$/.test(text) && !text.endsWith(' ') && !RESERVED.test(text);
  return plain ? text : JSON.stringify(text);
}

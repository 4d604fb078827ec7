/** The port that a URL names or that its scheme implies. */
export function portOfUrl(url: string): number | undefined {
  const m = /^(https?|wss?):\/\/(?:\[[^\]]*\]|[^/:?#]*)(?::(\d{1,5}))?(?:[/?#]|$)/i.exec(url);
  if (!m) return undefined;
  if (m[2] !== undefined) return Number(m[2]) <= 65_535 ? Number(m[2]) : undefined;
  return /^(?:https|wss)$/i.test(m[1]!) ? 443 : 80;
}

export interface ServerSentEvent {
  /** The event's name; null where none was given. */
  event: string | null;
  data: string;
}

/**
 * Reads an event stream, however it was cut into pieces (WHATWG HTML, section 9.2). The client's own reader is not
 * used because it prints what it can't read, which may be words of a user, and takes an abort for a good end.
 */
export class EventStreamDecoder {
  private readonly utf8 = new TextDecoder();
  /** The line that has no end yet. */
  private rest = '';
  private afterCarriageReturn = false;
  private name: string | null = null;
  private data: string[] = [];

  /** The events that these bytes complete. */
  push(bytes: Uint8Array): ServerSentEvent[] {
    return this.read(this.utf8.decode(bytes, { stream: true }));
  }

  /** What stands there without the blank line that ends an event; it may be half of one. */
  end(): ServerSentEvent[] {
    return this.read(`${this.utf8.decode()}\n\n`);
  }

  private read(text: string): ServerSentEvent[] {
    if (text === '') return [];
    // The second half of a line end that was cut in two.
    const fresh = this.afterCarriageReturn && text.startsWith('\n') ? text.slice(1) : text;
    this.afterCarriageReturn = text.endsWith('\r');
    const lines = fresh.split(/\r\n|\n|\r/);
    lines[0] = this.rest + (lines[0] ?? '');
    this.rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.readLine(line));
  }

  private readLine(line: string): ServerSentEvent[] {
    if (line === '') return this.complete();
    const [, field, value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === 'event') this.name = value;
    if (field === 'data') this.data.push(value);
    return [];
  }

  private complete(): ServerSentEvent[] {
    const { name, data } = this;
    this.name = null;
    this.data = [];
    return data.length === 0 ? [] : [{ event: name, data: data.join('\n') }];
  }
}

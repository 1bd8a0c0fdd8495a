// The assistant's forms and their kernel (desk.py).

interface DeskForm {
  widget: "ask" | "send";
  methods: [key: string, label: string][];
  url: string;
  model: string;
  /** Whether a key is known for this address. */
  key: boolean;
}

/** What a desk lends to its part: where it tells, how it asks. */
interface Desk {
  told: HTMLElement;
  tell(text: string): void;
  fail(error: Error): void;
  /** Ask the kernel; resolve with its reply, reject with its French error. */
  ask(action: Action, values?: Record<string, string>, piece?: (text: string) => void): Promise<any>;
}

interface DeskPart {
  name: string;
  nodes: (Node | string)[];
}

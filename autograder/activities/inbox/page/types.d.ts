// What the kernel says of an inbox (`board` of report.py).

interface InboxBoard {
  seed: number;
  messages: Mail[];
  sorts: [key: string, text: string, short: string][];
  aids: Aid[];
}

/** A table that stands beside the messages: the address book, the agenda. */
interface Aid {
  title: string;
  heads: string[];
  rows: [key: string, text: string][];
}

interface Mail {
  id: string;
  name: string;
  address: string;
  reply_to: string;
  at: string;
  subject: string;
  body: (string | MailLink)[];
  attachments: string[];
}

interface MailLink {
  text: string;
  target: string;
}

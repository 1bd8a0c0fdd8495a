// What the kernel says of a file to restore (`described` of show.py), and of the learner's file (`ledger` of session.py).

interface RestoreForm {
  file: string;
  copies: DatedCopy[];
  register: [name: string, fingerprint: string][];
  /** What the file may be said to equal: the lines of the register, and none of them. */
  lines: [key: string, text: string][];
}

interface DatedCopy {
  key: string;
  name: string;
  where: string;
  size: string;
  text: string;
}

interface RestoreLedger {
  /** How many times a copy was restored since the form is open: the page draws each one, that of the same copy too. */
  restored: number;
  /** The first signs of the fingerprint of the learner's file; "" as long as it is not computed. */
  fingerprint: string;
}

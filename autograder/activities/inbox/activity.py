"""The inbox, as the other rooms see it."""

from autograder.activities.inbox import answer, report
from autograder.activities.inbox.box import SIZE, read_box
from autograder.activities.inbox.kind import Inbox
from autograder.activities.inbox.session import InboxSession
from autograder.contract.activity import Activity

ACTIVITY = Activity(
    name="inbox",
    title="trier une boîte de réception simulée",
    kind=Inbox(),
    read=answer.read,
    static=lambda form, value: report.summary(read_box(value)),
    session=InboxSession,
    seconds=lambda form: 30 * SIZE,
)

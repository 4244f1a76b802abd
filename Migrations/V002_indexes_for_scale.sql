-- What each list walks, so that its cost follows what it shows and not all that ever happened.

-- Unsettled promises of any parties: what customers promised us has its overdue list too, and must not be walked
-- through to find the desk's. recorded_at is always NULL in it; with it, counting need not look at the promises.
DROP INDEX promise_unsettled;
CREATE INDEX promise_unsettled ON promise (promised_by, promised_to, recorded_at, due_at) WHERE recorded_at IS NULL;

-- What was overdue at an earlier instant and has been settled since: an "as_of" a moment ago, as every further page
-- has one, walks only what was settled late in that moment. Nothing is added to it when a promise is made.
CREATE INDEX promise_settled_late ON promise (promised_by, promised_to, recorded_at, due_at)
    WHERE recorded_at > due_at;

-- Open cases, among all the closed ones.
CREATE INDEX complaint_case_open ON complaint_case (opened_at) WHERE status = 'open';

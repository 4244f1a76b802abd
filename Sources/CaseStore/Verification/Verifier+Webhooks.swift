import Complaints
import GRDB

extension Verifier {
    /// Every webhook was made by an entry, its version counts those about it, and who deleted it said so. What of it is of this
    /// file alone is no part of the record, and is held only to being possible: no cursor is past the log, and what is told
    /// was taken in hand. Nothing that is found tells a URL or a secret.
    mutating func checkWebhooks() throws {
        let count = "(SELECT count(*) FROM case_log l WHERE l.about = 'webhook' AND l.about_id = w.id)"
        let last = "(SELECT max(l.recorded_at) FROM case_log l WHERE l.about = 'webhook' AND l.about_id = w.id)"
        try addFirst(
            "webhooks",
            """
            SELECT w.id FROM webhook w
            WHERE w.version <> \(count) OR w.updated_at IS NOT \(last)
                OR NOT EXISTS (SELECT 1 FROM case_log l WHERE l.about = 'webhook' AND l.about_id = w.id AND l.seq = 1
                    AND l.kind = 'webhook_created' AND l.recorded_at = w.recorded_at)
                OR (w.deleted_at IS NOT NULL) <> EXISTS (SELECT 1 FROM case_log l
                    WHERE l.about = 'webhook' AND l.about_id = w.id AND l.kind = 'webhook_deleted')
            LIMIT 1
            """
        ) { "Webhook \($0.integer(0)) was made, changed or deleted otherwise than the log says." }
        try addFirst(
            "webhooks",
            """
            SELECT r.webhook_id FROM webhook_cursor r
            WHERE r.event_id > coalesce((SELECT max(id) FROM case_log), 0)
            LIMIT 1
            """
        ) { "The cursor of webhook \($0.integer(0)) is past the end of the log." }
        try addFirst(
            "webhooks",
            """
            SELECT d.id FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id
            LEFT JOIN webhook_cursor r ON r.webhook_id = d.webhook_id
            LEFT JOIN case_log l ON l.id = d.event_id
            WHERE d.event_id > coalesce(r.event_id, w.after_event) OR d.event_id <= w.after_event
                OR d.case_id IS NOT l.case_id
            LIMIT 1
            """
        ) { "Delivery \($0.integer(0)) tells of an event that was not taken in hand." }
    }
}

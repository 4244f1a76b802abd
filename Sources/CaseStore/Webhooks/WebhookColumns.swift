import Complaints
import GRDB

/// A webhook as columns, without its secrets.
enum WebhookColumns {
    static let list = """
        w.id, w.url, w.description, w.types, w.severity, w.owner, w.team, w.active, w.off_reason, w.former_secret_until,
        w.after_event, w.created_by, w.recorded_at, w.updated_at, w.version
        """
    /// How many there are.
    static let count = 15

    static func webhook(_ row: Columns) throws -> Webhook {
        func words<Word: Vocabulary>(_ index: Int) throws -> WordSet<Word> {
            guard let set = WordSet<Word>(editedValue: .texts(try CaseColumns.tags(row.optionalText(index)))) else {
                throw StoreError.unreadable("\(row.text(index)) has another word than \(Word.words)")
            }
            return set
        }
        let url: WebhookURL
        do {
            url = try WebhookURL(row.text(1))
        } catch {
            throw StoreError.unreadable("the URL of webhook \(row.integer(0)) is none")
        }
        return Webhook(
            id: row.integer(0), url: url,
            fields: WebhookFields(
                description: row.optionalText(2), types: try words(3), owner: row.optionalText(5),
                team: row.optionalText(6), severity: try words(4), active: row.flag(7)),
            offReason: try row.optionalWord(8), formerSecretUntil: row.optionalInstant(9), afterEvent: row.integer(10),
            createdBy: row.text(11), recordedAt: row.instant(12), updatedAt: row.instant(13),
            version: row.integer(14))
    }

    /// Binds what may be edited, in the order of the statements that do.
    static func add(_ webhook: Webhook, to row: inout Bindings) {
        row.add(webhook.url.text)
        row.add(webhook.fields.description)
        row.add(CaseColumns.encode(tags: webhook.fields.types.words.map(\.rawValue)))
        row.add(CaseColumns.encode(tags: webhook.fields.severity.words.map(\.rawValue)))
        row.add(webhook.fields.owner)
        row.add(webhook.fields.team)
        row.add(webhook.fields.active)
        row.add(webhook.offReason?.rawValue)
        row.add(webhook.formerSecretUntil)
        row.add(webhook.updatedAt)
        row.add(webhook.version)
    }
}

/// A delivery as columns. While one is to be sent once more, the row has no instant at which it was delivered: the attempt that
/// was taken tells it.
enum DeliveryColumns {
    static let list = """
        d.id, d.webhook_id, d.event_id, d.case_id, d.once, d.status, d.created_at, d.attempts, d.first_tried_at, d.tries,
        d.next_at, CASE WHEN d.once AND d.status = 'pending' THEN (
            SELECT max(t.at + t.milliseconds) FROM webhook_attempt t
            WHERE t.delivery_id = d.id AND t.status BETWEEN 200 AND 299) ELSE d.delivered_at END
        """
    /// How many there are.
    static let count = 12

    static func delivery(_ row: Columns) throws -> Delivery {
        Delivery(
            id: row.integer(0), webhookID: row.integer(1), eventID: row.optionalInteger(2),
            caseID: row.optionalInteger(3), isOnce: row.flag(4), status: try row.word(5), createdAt: row.instant(6),
            attempts: row.integer(7), firstTriedAt: row.optionalInstant(8), tries: row.integer(9),
            nextAt: row.instant(10), deliveredAt: row.optionalInstant(11))
    }
}

/// An event as columns, with what decides whether a webhook is told of it, and what it is told.
enum WebhookEventColumns {
    static let list = """
        l.id, l.case_id, l.about, l.about_id, l.seq, l.kind, l.at, l.imported, l.promise_id, c.owner_id, p.owner_id,
        c.team_id, c.severity, substr(hex(l.hash), 1, 24), CASE WHEN l.kind IN \(LogKind.machineWords) THEN l.texts END,
        o.name, o.team
        """
    private static let joins = """
        LEFT JOIN complaint_case c ON c.id = l.case_id
        LEFT JOIN promise p ON p.id = l.promise_id
        LEFT JOIN owner o ON l.kind = '\(LogKind.digestReady.rawValue)' AND o.id = l.about_id
        """
    static let tables = "case_log l \(joins)"
    /// Beside a delivery `d`, which has none where it is a test.
    static let ofDelivery = "LEFT JOIN case_log l ON l.id = d.event_id \(joins)"

    /// - Parameter first: where its columns begin.
    static func event(_ row: Columns, at first: Int = 0, _ names: NameBook, _ db: Database) throws -> WebhookEvent {
        WebhookEvent(
            id: row.integer(first), subject: try row.subject(caseID: first + 1, about: first + 2),
            seq: row.integer(first + 4), kind: try row.word(first + 5), at: row.instant(first + 6),
            imported: row.flag(first + 7), promiseID: row.optionalInteger(first + 8),
            caseOwner: try names.spelling(row.optionalInteger(first + 9), db),
            promiseOwner: try names.spelling(row.optionalInteger(first + 10), db),
            digestOwner: row.optionalText(first + 15),
            standIn: row.optionalText(first + 14).flatMap { FactCoding.text("stand_in", in: $0) },
            team: try names.spelling(row.optionalInteger(first + 11), db) ?? row.optionalText(first + 16),
            severity: try row.optionalWord(first + 12), mark: row.text(first + 13).lowercased())
    }
}

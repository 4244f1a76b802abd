import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// How the service is doing: what `/metrics` says.
struct ServiceFigures: Sendable {
    let version: String
    /// Of the map.
    let patterns: [String]
    /// Of all servers together.
    let servers: ServerCounters
    let writer: WriterFigures
    let reportsWaiting: Int
    let eventsWaiting: Int
    let eventPagesRead: Int
    let disk: DiskFigures
    let clock: ClockFigures
    let process: ProcessFigures
    let access: AccessCounters
    let webhooks: WebhookCounters
    let backups: BackupWatch

    /// All of it in Prometheus's text format.
    func text(_ due: DueFigures, _ webhookState: WebhookState, at now: Instant) -> [UInt8] {
        var text = MetricsText()
        text.metric("casekeeper_build_info", .gauge, "The version that runs.") {
            $0.sample(["version": version], 1)
        }
        writeRequests(&text)
        writeConnections(&text)
        access.write(&text)
        writeWriter(&text)
        disk.write(&text)
        backups.write(&text)
        clock.write(&text)
        text.metric(
            "casekeeper_reports_waiting", .gauge, "Reports and exports that wait or are being read.", reportsWaiting)
        text.metric(
            "casekeeper_events_waiting", .gauge, "Requests that wait for events, and streams of them.", eventsWaiting)
        text.metric(
            "casekeeper_event_pages_read_total", .counter,
            "Pages of events read for requests that had waited; those of one loop that wait for the same share one.",
            eventPagesRead)
        due.write(&text)
        webhooks.write(&text, webhookState, at: now)
        process.write(&text)
        return Array(text.text.utf8)
    }

    private var routes: [(pattern: String, counters: RouteCounters)] {
        zip(patterns + ["unmatched"], servers.routes).filter { !$1.answers.isEmpty }
    }

    private func writeRequests(_ text: inout MetricsText) {
        text.metric(
            "casekeeper_http_requests_total", .counter,
            "Requests answered, but for those that casekeeper_http_refused_total counts; "
                + "status 499: the client went before its answer."
        ) { samples in
            for (pattern, counters) in routes {
                for answers in counters.answers {
                    samples.sample(
                        ["route": pattern, "method": answers.method.rawValue, "status": "\(answers.status)"],
                        answers.count)
                }
            }
        }
        let bounds = Histogram.bounds.map { "\(Self.seconds($0))" }
        text.metric(
            "casekeeper_http_request_duration_seconds", .histogram,
            "From a request being whole to the end of its answer being written."
        ) { samples in
            for (pattern, counters) in routes {
                samples.histogram(
                    ["route": pattern], bounds: bounds, counts: counters.durations.counts,
                    sum: "\(Self.seconds(counters.durations.sum))")
            }
        }
    }

    private func writeConnections(_ text: inout MetricsText) {
        text.metric("casekeeper_http_connections", .gauge, "Connections open.", servers.connections)
        text.metric(
            "casekeeper_http_held_bytes", .gauge, "What clients make it hold, by the account of --memory-limit.",
            servers.memoryHeld)
        text.metric(
            "casekeeper_http_connections_accepted_total", .counter, "Connections accepted.", servers.accepted)
        text.metric(
            "casekeeper_http_refused_total", .counter,
            "Requests and connections refused before there was a whole request, by the code of the refusal."
        ) { samples in
            for (code, count) in servers.refused.sorted(by: { $0.key < $1.key }) {
                samples.sample(["reason": code], count)
            }
        }
        text.metric(
            "casekeeper_http_received_bytes_total", .counter, "Bytes from all clients.", servers.bytesReceived)
        text.metric("casekeeper_http_sent_bytes_total", .counter, "Bytes to all clients.", servers.bytesSent)
    }

    private func writeWriter(_ text: inout MetricsText) {
        text.metric("casekeeper_writer_queue_depth", .gauge, "Changes that wait for the writer.", writer.waiting)
        text.metric("casekeeper_writer_batches_total", .counter, "Batches committed.", writer.batches)
        text.metric(
            "casekeeper_writer_failed_batches_total", .counter, "Batches that failed as a whole.", writer.failedBatches)
        text.metric(
            "casekeeper_writer_changes_total", .counter,
            "Changes on disk, refused or failed alone, or lost with their batch."
        ) { samples in
            samples.sample(["outcome": "committed"], writer.committed)
            samples.sample(["outcome": "rolled_back"], writer.rolledBack)
            samples.sample(["outcome": "failed"], writer.failed)
        }
        text.metric("casekeeper_writer_batch_size", .histogram, "Changes in a committed batch.") {
            $0.histogram(
                [:], bounds: WriterFigures.sizeBounds.map(String.init), counts: writer.sizes,
                sum: "\(writer.committed + writer.rolledBack)")
        }
    }

    private static func seconds(_ nanoseconds: Int64) -> Double { Double(nanoseconds) / 1_000_000_000 }
}

import Complaints
import Foundation

@testable import casekeeper

/// The complaints of the CFPB, as docs/importing.md imports them.
enum CFPB {
    /// The line of that page.
    static let options = [
        "--map", "complaint=Consumer complaint narrative|Issue", "--map", "category=Product",
        "--map", "channel=Submitted via", "--map", "external_id=Complaint ID", "--map", "received_at=Date received",
        "--map", "promise.kept_at=Date sent to company", "--set", "customer.name=Consumer", "--due-in", "P15D",
        "--date-format", "yyyy/M/d", "--value-map", "channel:Web=web", "--value-map", "channel:Referral=other",
        "--value-map", "channel:Phone=phone", "--value-map", "channel:Postal mail=letter", "--value-map",
        "channel:Fax=other", "--value-map", "channel:Email=email",
    ]

    /// What a plain count over a file gives.
    struct Count {
        var rows = 0
        var kept = 0
        var keptLate = 0

        init(path: String) throws {
            var reader = try CSVReader(path: path)
            let header = try reader.next()?.fields ?? []
            guard let received = header.firstIndex(of: "Date received"),
                let sent = header.firstIndex(of: "Date sent to company")
            else { return }
            while let row = try reader.next() {
                rows += 1
                let days = try Self.day(row.fields[sent]) - Self.day(row.fields[received])
                if days <= 15 { kept += 1 } else { keptLate += 1 }
            }
        }

        private static func day(_ text: String) throws -> Int {
            let parts = text.split(separator: "/").compactMap { Int($0) }
            guard parts.count == 3, let date = CivilDate(year: parts[0], month: parts[1], day: parts[2]) else {
                throw CocoaError(.formatting)
            }
            return date.daysSince1970
        }
    }
}

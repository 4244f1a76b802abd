import CaseAPI

@testable import casekeeper

/// What must hold of the reader of CSV for whatever bytes.
enum CSVCheck {
    /// The claims that do not hold for these bytes.
    static func violations(_ bytes: [UInt8]) -> [String] {
        let lines = bytes.count { $0 == 0x0A || $0 == 0x0D } + 1
        do throws(CSVError) {
            let records = try read(bytes, recordLimit: 4096)
            var wrong: [String] = []
            if zip(records, records.dropFirst()).contains(where: { $0.line >= $1.line }) {
                wrong.append("the lines of \(records) do not go up")
            }
            for record in records {
                if record.fields.isEmpty || !(1...lines).contains(record.line) { wrong.append("\(record) is none") }
                if let line = record.strayQuoteLine, !(record.line...lines).contains(line) {
                    wrong.append("the stray quote of \(record) is in none of its lines")
                }
            }
            return wrong + rewriting(records) + ImportCheck.violations(records)
        } catch {
            let line =
                switch error {
                case .notUTF8(let line), .notWindows1252(let line), .unterminatedQuote(let line),
                    .recordTooLong(let line, _):
                    line
                case .isUTF8: 0
                }
            return (1...lines).contains(line) ? [] : ["\(error) is in none of \(lines) lines"]
        }
    }

    /// What our writer writes of the fields is read as the same fields, to the byte.
    private static func rewriting(_ records: [CSVRecord]) -> [String] {
        // One empty field alone is written as a blank line, which is no record; the writer never has one.
        let records =
            [CSVRecord(line: 1, fields: ["a byte order mark counts only before this"])]
            + records
            .filter { $0.fields.count > 1 || $0.fields.first?.isEmpty == false }
        var writer = CSVWriter()
        for record in records {
            for field in record.fields { writer.plainField(field) }
            writer.endRecord()
        }
        do throws(CSVError) {
            let again = try read(writer.bytes, recordLimit: .max)
            let isSame = spelled(again) == spelled(records) && again.allSatisfy { $0.strayQuoteLine == nil }
            return isSame ? [] : ["\(records) are written as \(writer.bytes) and read as \(again)"]
        } catch {
            return ["\(records), written again, are refused: \(error)"]
        }
    }

    private static func spelled(_ records: [CSVRecord]) -> [[[UInt8]]] {
        records.map { $0.fields.map { Array($0.utf8) } }
    }

    private static func read(_ bytes: [UInt8], recordLimit: Int) throws(CSVError) -> [CSVRecord] {
        var parser = CSVParser(recordLimit: recordLimit)
        var records: [CSVRecord] = []
        for byte in bytes {
            if let record = try parser.take(byte) { records.append(record) }
        }
        if let record = try parser.finish() { records.append(record) }
        return records
    }
}

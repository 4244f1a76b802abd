import CaseStore
import Complaints
import DeskSimulation
import Foundation

/// `make-cases FILE --cases N [--overdue N] [--days N] [--seed N] [--until INSTANT]`: a new database with a made-up
/// history in it, for benchmarks. Says in JSON what it holds.
@main
struct MakeCases {
    static func main() throws {
        var arguments = Array(CommandLine.arguments.dropFirst())
        guard let path = arguments.first, arguments.count % 2 == 1 else { throw Usage() }
        arguments.removeFirst()
        var options: [String: String] = [:]
        for index in stride(from: 0, to: arguments.count, by: 2) { options[arguments[index]] = arguments[index + 1] }
        func number(_ name: String, _ standard: Int) throws -> Int {
            guard let text = options.removeValue(forKey: name) else { return standard }
            guard let number = Int(text), number >= 0 else { throw Usage() }
            return number
        }
        let cases = try number("--cases", 10_000)
        let until = try options.removeValue(forKey: "--until").map { text in
            guard let instant = try? Instant(rfc3339: text) else { throw Usage() }
            return instant
        }
        let plan = DeskPlan(
            cases: cases, overdue: try number("--overdue", min(200, cases / 4)),
            until: until ?? StoreOptions.systemClock(), span: .days(Int64(try number("--days", 730))),
            seed: UInt64(try number("--seed", 1)))
        guard options.isEmpty else { throw Usage() }
        let figures = try plan.make(at: path) { made in
            if made % 100_000 == 0 { FileHandle.standardError.write(Data("\(made) cases\n".utf8)) }
        }
        print(String(decoding: try JSONEncoder().encode(figures), as: UTF8.self))
    }

    private struct Usage: Error, CustomStringConvertible {
        let description = "make-cases FILE --cases N [--overdue N] [--days N] [--seed N] [--until INSTANT]"
    }
}

import ArgumentParser
import Complaints

/// What doctor is told of this machine beside what serve takes: settings as those are, which stand in the file, too.
struct DoctorOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("How old the newest backup may be.", valueName: "duration"),
        form: .span(from: .minutes(1), to: .days(366), example: "P2D"))
    var backupAge = Span(.days(2))

    @Option(
        help: ArgumentHelp(
            "A check that doctor leaves out, which its summary says; more than once, or separated by commas.",
            valueName: "check"), form: .checks)
    var except: [[String]] = []

    /// The names of the checks that are left out, in their order.
    var leftOut: [String] {
        let names = Set(except.flatMap(\.self))
        return DoctorCheck.all.map(\.name).filter(names.contains)
    }
}

extension OptionForm where Value == [String] {
    /// Names of checks, separated by commas.
    fileprivate static var checks: OptionForm {
        let names = DoctorCheck.all.map(\.name)
        return OptionForm(
            "one of \(names.joined(separator: ", ")), or some, separated by commas", completion: .words(names),
            text: { $0.joined(separator: ",") }
        ) { text in
            let given = text.split(separator: ",").map { Array($0.utf8).filter { $0 != UInt8(ascii: " ") } }
            let found = given.map { name in names.first { $0.utf8.elementsEqual(name) } }
            return found.isEmpty || found.contains(nil) ? nil : found.compactMap(\.self)
        }
    }
}

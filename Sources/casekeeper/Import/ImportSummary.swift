import Foundation

/// How an import went.
struct ImportSummary: CustomStringConvertible {
    var added = 0
    var alreadyThere = 0
    /// There, and changed by `--update`.
    var changed = 0
    var refused = 0
    /// Left out, as `--blank` has it.
    var skipped = 0
    var elapsed = Duration.zero
    var isDryRun = false
    /// Stopped by ctrl-C before the end of the file.
    var isInterrupted = false

    /// Whom rows gave something to without that anybody was known by the name.
    var newNames = NewNames()

    /// The first rows as they would become, of a dry run.
    var preview: [String] = []

    var rows: Int { added + alreadyThere + changed + refused + skipped }

    var description: String {
        let time = elapsed.formatted(.units(allowed: [.seconds], width: .narrow, fractionalPart: .show(length: 1)))
        let added = isDryRun ? "\(added) would be added" : "\(added) added"
        let skipped = skipped == 0 ? "" : ", \(skipped) skipped"
        let changed = changed == 0 ? "" : isDryRun ? ", \(changed) would be changed" : ", \(changed) changed"
        let line =
            "\(rows) rows: \(added), \(alreadyThere) already there, \(refused) refused\(skipped)\(changed), in \(time)"
        return ([line] + newNames.lines + preview).joined(separator: "\n")
    }
}

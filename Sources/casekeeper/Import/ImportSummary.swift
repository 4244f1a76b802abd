import Foundation

/// How an import went.
struct ImportSummary: CustomStringConvertible {
    var added = 0
    var alreadyThere = 0
    var refused = 0
    /// Left out, as `--blank` has it.
    var skipped = 0
    var elapsed = Duration.zero
    var isDryRun = false
    /// Stopped by ctrl-C before the end of the file.
    var isInterrupted = false

    var rows: Int { added + alreadyThere + refused + skipped }

    var description: String {
        let time = elapsed.formatted(.units(allowed: [.seconds], width: .narrow, fractionalPart: .show(length: 1)))
        let added = isDryRun ? "\(added) would be added" : "\(added) added"
        let skipped = skipped == 0 ? "" : ", \(skipped) skipped"
        return "\(rows) rows: \(added), \(alreadyThere) already there, \(refused) refused\(skipped), in \(time)"
    }
}

import Foundation

/// Whoever runs the tests, bound by the permissions of files as everybody is but root.
enum BoundUser {
    /// The words of a command that starts another one so. Nobody but root has anything to give up.
    static var launcher: [String] {
        geteuid() == 0
            ? ["/usr/bin/setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"] : []
    }
}

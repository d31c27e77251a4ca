using BatchGateway.Emulator;

namespace BatchGateway.Runs.Chaos;

/// <summary>Prints what was seen.</summary>
internal static class Table
{
    private const string Form = "{0,-18} {1,6} {2,9} {3,8} {4,8} {5,13} {6,11}";

    public static void Print(TextWriter to, RoundReport report)
    {
        RoundSettings settings = report.Settings;
        to.WriteLine();
        to.WriteLine(
            $"{settings.Personality}, {settings.Scenario}, seed {settings.Seed}: {report.Runs} runs, {report.Kills} kills; "
            + $"a person attached {report.Attached} shards and abandoned {report.Abandoned}; "
            + $"{report.Cancelled} lines were cancelled, {report.SetAside} set aside");
        to.WriteLine(Form, "step", "kills", "restarts", "batches", "intents", "lines billed", "violations");
        foreach (ReportRow row in report.Rows)
            Print(to, row.Name, [row], row.Violations.Count);
        Print(to, "all", report.Rows, report.Violations.Count);
        // Where there is no list, all of them say the same.
        foreach (string problem in settings.Personality == EmulatorPersonality.Documented ? [] : report.Problems)
            to.WriteLine($"settled: {problem}");
        foreach (ReportRow row in report.Rows)
        {
            foreach (string violation in row.Violations)
                to.WriteLine($"VIOLATION ({row.Name}): {violation}");
        }
    }

    private static void Print(TextWriter to, string name, IReadOnlyCollection<ReportRow> rows, int violations) => to.WriteLine(
        Form, name, rows.Sum(row => row.Kills), rows.Sum(row => row.Restarts), rows.Sum(row => row.Batches), rows.Sum(row => row.Intents),
        rows.Sum(row => row.LinesBilled), violations);
}

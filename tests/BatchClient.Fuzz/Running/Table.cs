using System.Globalization;

namespace BatchGateway.Fuzz.Running;

/// <summary>Prints what was seen: a row for each target.</summary>
internal static class Table
{
    private const string Form = "{0,-14} {1,9} {2,9} {3,10} {4,9} {5,10} {6,9}  {7}";

    public static void Print(TextWriter to, IReadOnlyList<(string Name, Tally Tally)> targets)
    {
        to.WriteLine();
        to.WriteLine(Form, "target", "cases", "values", "us a case", "slowest", "its number", "most kB", "other ends");
        foreach ((string name, Tally tally) in targets)
            Print(to, name, tally);

        Tally all = new();
        foreach ((_, Tally tally) in targets)
            all.Add(tally);
        if (targets.Count > 1)
            to.WriteLine($"{"all",-14} {all.Cases,9} {all.Ends.GetValueOrDefault(Targets.Target.Value),9}");
    }

    private static void Print(TextWriter to, string name, Tally tally) => to.WriteLine(
        Form, name, tally.Cases, tally.Ends.GetValueOrDefault(Targets.Target.Value),
        (tally.Time.TotalMicroseconds / Math.Max(1, tally.Cases)).ToString("0", CultureInfo.InvariantCulture),
        tally.Slowest.Time.TotalMilliseconds.ToString("0' ms'", CultureInfo.InvariantCulture), tally.Slowest.Number, tally.MostBytes >> 10,
        string.Join(", ", tally.Ends.Where(end => end.Key != Targets.Target.Value).OrderByDescending(end => end.Value).Select(end => $"{end.Key} {end.Value}")));
}

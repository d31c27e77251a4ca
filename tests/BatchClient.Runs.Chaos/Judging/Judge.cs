using System.Text;
using BatchGateway.Runs.Chaos.Modes;

namespace BatchGateway.Runs.Chaos.Judging;

/// <summary>Says what was broken of what is promised. The gateway's ledger is believed, the run's own words are not.</summary>
internal static class Judge
{
    /// <summary>The outcome of a line that was cancelled.</summary>
    public const string Cancelled = "cancelled";

    private const string Missing = "missing";

    private const string Expired = "expired";

    // As a folder's lock is named: it is empty, and nobody else may open it.
    private const string Lock = "lock";

    /// <summary>What was paid for more than once.</summary>
    public static IEnumerable<string> Money(Ledger ledger)
    {
        foreach (IGrouping<string?, LedgerBatch> intent in ledger.Batches.GroupBy(batch => batch.Intent))
        {
            if (intent.Key is null)
                yield return $"{intent.Count()} batches were created without an intent";
            else if (intent.Count() > 1)
                yield return $"intent {intent.Key} made {intent.Count()} batches";
        }

        foreach ((string line, int times) in ledger.LinesBilled.Where(line => line.Value > 1))
            yield return $"{line} was paid for {times} times";
    }

    /// <summary>What is wrong with the results of a run that has ended.</summary>
    /// <param name="ledger">What was paid for.</param>
    /// <param name="results">What the run says.</param>
    /// <param name="undisturbed">What a run without misfortune says, in the order of the input.</param>
    /// <param name="abandoned">How many lines were abandoned by a person, because the ledger had no batch for them.</param>
    public static IEnumerable<string> Outcomes(
        Ledger ledger, IReadOnlyList<ResultLine> results, IReadOnlyList<ResultLine> undisturbed, long abandoned)
    {
        if (!results.Select(line => line.CustomId).SequenceEqual(undisturbed.Select(line => line.CustomId)))
            return Lines(results, undisturbed);

        List<string> wrong = [];
        foreach ((ResultLine line, ResultLine expected) in results.Zip(undisturbed))
        {
            int billed = ledger.LinesBilled.GetValueOrDefault(line.CustomId);
            if (line.Succeeded && billed == 0)
                wrong.Add($"{line.CustomId} succeeded, and was never run");
            else if (line == expected)
                continue;
            else if (abandoned > 0 && billed == 0 && MayBeAbandoned(line, expected))
                abandoned--;
            else
                wrong.Add($"{line.CustomId} is {Words.Write(line)}, and undisturbed {Words.Write(expected)}");
        }

        return wrong;
    }

    /// <summary>What is wrong with results of which it is chance how far each line came: what was paid for is none.</summary>
    /// <param name="ledger">What was paid for.</param>
    /// <param name="results">What the run says.</param>
    /// <param name="ids">The custom ids of the input, in its order.</param>
    public static IEnumerable<string> Chance(Ledger ledger, IReadOnlyList<ResultLine> results, IReadOnlyList<string> ids)
    {
        if (!results.Select(line => line.CustomId).SequenceEqual(ids))
            yield return $"the results are {results.Count} lines, and not the {ids.Count} of the input in their order";

        foreach (ResultLine line in results)
        {
            bool isPaid = ledger.LinesBilled.GetValueOrDefault(line.CustomId) > 0;
            if (line.Succeeded && !isPaid)
                yield return $"{line.CustomId} succeeded, and was never run";
            if (isPaid && !line.Succeeded)
                yield return $"{line.CustomId} is {line.Outcome}, and was paid for";
        }
    }

    /// <summary>What is left of a run that was deleted, in a state folder that had no other.</summary>
    public static IEnumerable<string> Deletion(string folder)
    {
        byte[] question = Encoding.UTF8.GetBytes(WorkerMode.Question);
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != Lock))
        {
            if (path.EndsWith(".blob", StringComparison.Ordinal))
                yield return $"the deleted run has left {Path.GetRelativePath(folder, path)}";
            else if (File.ReadAllBytes(path).AsSpan().IndexOf(question) >= 0)
                yield return $"lines of the deleted run are in {Path.GetRelativePath(folder, path)}";
        }
    }

    // It keeps what an earlier attempt gave it, and else is missing.
    private static bool MayBeAbandoned(ResultLine line, ResultLine expected) =>
        line.Outcome is Missing or Expired || (!line.Succeeded && line.Attempts < expected.Attempts);

    private static IEnumerable<string> Lines(IReadOnlyList<ResultLine> results, IReadOnlyList<ResultLine> undisturbed)
    {
        Dictionary<string, int> times = results.GroupBy(line => line.CustomId).ToDictionary(group => group.Key, group => group.Count());
        foreach (ResultLine line in undisturbed)
        {
            if (!times.Remove(line.CustomId, out int there))
                yield return $"{line.CustomId} has no outcome";
            else if (there > 1)
                yield return $"{line.CustomId} has {there} outcomes";
        }

        foreach (string line in times.Keys)
            yield return $"{line} was never asked for";
        if (results.Count == undisturbed.Count && times.Count == 0)
            yield return "the results are not in the order of the input";
    }
}

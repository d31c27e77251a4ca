using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.RegularExpressions;
using BatchGateway.Runs;
using BatchGateway.Tests.Support;
using BatchGateway.Tests.Wire;
using Microsoft.Extensions.Logging;

namespace BatchGateway.Tests.Snippets;

/// <summary>The page about telemetry lists what the code emits: no more and no less.</summary>
[NonParallelizable]
public sealed partial class TelemetryPageTests
{
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(SourceTree.Root, "docs", "telemetry.md"));

    [TestCase("BatchGateway.Internal.Diagnostics.Log", "Log events of the client")]
    [TestCase("BatchGateway.Runs.Internal.RunsLog", "Log events of runs")]
    public void LogEvents_OfAClass_AreThoseOfTheTable(string name, string heading)
    {
        Type log = typeof(IBatchClient).Assembly.GetType(name) ?? typeof(IBatchRuns).Assembly.GetType(name)!;
        IEnumerable<string> events =
            from method in log.GetMethods(BindingFlags.Static | BindingFlags.Public)
            let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
            where attribute is not null
            orderby attribute.EventId
            select $"{attribute.EventId} | {method.Name} | {attribute.Level} | {Placeholder().Replace(attribute.Message, "`$0`")}";

        Assert.That(Rows(heading).Select(row => string.Join(" | ", row.Take(4))), Is.EqualTo(events));
    }

    [Test]
    public async Task Spans_OfEveryCall_AreThoseOfTheTables()
    {
        HashSet<string> spans = [];
        HashSet<string> attributes = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "BatchClient",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                spans.Add(span.OperationName);
                attributes.UnionWith(span.TagObjects.Select(tag => tag.Key));
            },
        };
        ActivitySource.AddActivityListener(listener);

        await MakeEveryCallAsync();

        Assert.That(Names("Spans"), Is.EquivalentTo(spans));
        Assert.That(Names("Attributes of a span"), Is.EquivalentTo(attributes));
    }

    [Test]
    public async Task Instruments_OfTheMeter_AreThoseOfTheTable()
    {
        Dictionary<Instrument, SortedSet<string>> heard = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, me) =>
        {
            if (instrument.Meter.Name != "BatchClient")
                return;

            heard.Add(instrument, new SortedSet<string>(StringComparer.Ordinal));
            me.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(heard[instrument], tags));
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(heard[instrument], tags));
        listener.Start();

        await MakeEveryCallAsync();
        await LiveABatchAsync();

        IEnumerable<string> emitted = heard.Select(one => $"{one.Key.Name}: {KindOf(one.Key)}, {one.Key.Unit}; {string.Join(" ", one.Value)}");
        Assert.That(
            Rows("Metrics").Select(row => $"{row[0].Trim('`')}: {row[1]}; {string.Join(" ", CodeIn(row[2]).Order(StringComparer.Ordinal))}"),
            Is.EquivalentTo(emitted));
    }

    private static void Note(SortedSet<string> seen, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (seen)
        {
            foreach (KeyValuePair<string, object?> tag in tags)
                seen.Add(tag.Key);
        }
    }

    private static string KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0].ToLowerInvariant();

    /// <summary>Each call twice: one that succeeds, and one that fails after all its attempts.</summary>
    private static async Task MakeEveryCallAsync()
    {
        foreach (WireCall call in WireCall.All)
        {
            await using RawServer good = new(RawAnswer.Json(200, call.Answer, "x-request-id: req_7"));
            using OwnedBatchClient client = WireClient.Of(good);
            await call.SendAsyncTo(client);

            await using RawServer bad = new() { Otherwise = RawAnswer.Json(503, "{}") };
            using OwnedBatchClient other = WireClient.Of(bad);
            Assert.That(async () => await call.SendAsyncTo(other), Throws.InstanceOf<BatchClientException>());
        }
    }

    private static async Task LiveABatchAsync()
    {
        await using Fixture fixture = await Fixture.StartAsync();
        BatchOperation operation = await fixture.Gateway.SubmitAsync(Fixture.Lines);
        await operation.WaitAsync();
        await foreach (BatchResultLine line in operation.ReadResultsAsync())
            Assert.That(line.CustomId, Is.Not.Null);
    }

    /// <summary>What is code in the first column of a table.</summary>
    private static IEnumerable<string> Names(string heading) => Rows(heading).SelectMany(row => CodeIn(row[0]));

    private static IEnumerable<string> CodeIn(string cell) => Code().Matches(cell).Select(match => match.Groups[1].Value);

    /// <summary>The rows of the first table under a heading, without its head.</summary>
    private static IEnumerable<string[]> Rows(string heading) => Page
        .SkipWhile(line => line.TrimStart('#', ' ') != heading)
        .SkipWhile(line => !line.StartsWith('|'))
        .TakeWhile(line => line.StartsWith('|'))
        .Skip(2)
        .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries));

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}

using System.Text;
using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Internal.Harvest;

internal sealed class HarvestTableTests
{
    [TestCase(1)]
    [TestCase(1000)]
    [TestCase(50_000)]
    public void Find_EveryIdAdded_ItsLineAndNoOther(int lines)
    {
        using HarvestTable table = Filled(lines);

        for (int line = 0; line < lines; line++)
            Assert.That(table.Find(Id(line)), Is.EqualTo(line));
        for (int line = lines; line < lines + 1000; line++)
            Assert.That(table.Find(Id(line)), Is.EqualTo(-1));
    }

    [Test]
    public void Add_MoreLinesThanAnnounced_Throws()
    {
        using HarvestTable table = Filled(3);

        Assert.That(() => table.Add(3, Id(3)), Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public void Add_CustomIdAgain_ThrowsAndNamesBothLines()
    {
        using HarvestTable table = new(3);
        table.Add(40, Id(1));

        Assert.That(() => table.Add(41, Id(1)), Throws.TypeOf<InvalidDataException>().With.Message.Contains("41").And.Message.Contains("40"));
    }

    [Test]
    public void Say_WhatAnEntrySays_ComesOutAndIsForgottenWhenCleared()
    {
        using HarvestTable table = Filled(3);

        table.Say(1, new HarvestEntry
        {
            Kind = BatchOutcomeKind.Failed,
            File = 9,
            Offset = 1L << 40,
            Length = 70,
            StatusCode = 0,
            InputTokens = 3,
            OutputTokens = 4,
            Verdict = RetryVerdict.NextAttempt,
        });

        Assert.That(table.Outcomes().ElementAt(1), Is.EqualTo(new LineOutcome
        {
            Line = 1001,
            Kind = BatchOutcomeKind.Failed,
            File = 9,
            Offset = 1L << 40,
            Length = 70,
            StatusCode = 0,
            InputTokens = 3,
            OutputTokens = 4,
        }));
        Assert.That((table.Found, table.HasMissing), Is.EqualTo((1, true)));
        Assert.That(table.Lines(RetryVerdict.NextAttempt), Is.EqualTo(new[] { 1001 }));
        table.Clear();
        Assert.That(table.Outcomes().ElementAt(1), Is.EqualTo(new LineOutcome { Line = 1001, Kind = BatchOutcomeKind.Missing }));
        Assert.That((table.Found, table.Find(Id(1))), Is.EqualTo((0, 1)));
    }

    [Test]
    public void Find_Disposed_Throws()
    {
        HarvestTable table = Filled(3);
        table.Dispose();

        Assert.That(() => table.Find(Id(1)), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => table.Outcomes().Count(), Throws.TypeOf<ObjectDisposedException>());
    }

    private static HarvestTable Filled(int lines)
    {
        HarvestTable table = new(lines);
        for (int line = 0; line < lines; line++)
            table.Add(1000 + line, Id(line));
        return table;
    }

    private static byte[] Id(int line) => Encoding.UTF8.GetBytes($"line-{line}");
}

using System.Text;
using System.Text.Json;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Lines;

public sealed class FateTests
{
    private static readonly EmulatedResponse Small = new(200, """{"usage":{"prompt_tokens":1,"completion_tokens":2}}""");

    [Test]
    public async Task Vanish_OfEveryLine_CompletesWithNeitherFile()
    {
        await using TestGateway gateway = await StartAsync(new EmulatorScript().Lines(_ => true, EmulatedResponse.Vanish));

        JsonElement batch = await gateway.EndAsync(TestGateway.Lines(3));

        Assert.That(batch.Text("status"), Is.EqualTo("completed"));
        Assert.That(batch.IsNull("output_file_id") && batch.IsNull("error_file_id"), Is.True);
        Assert.That(batch.Counts(), Is.EqualTo((3L, 3L, 0L)));
        Assert.That(gateway.Ledger.LinesBilled, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task VanishUnbilled_OfEveryLine_CompletesWithNeitherFileAndNoBill()
    {
        await using TestGateway gateway = await StartAsync(new EmulatorScript().Lines(_ => true, EmulatedResponse.VanishUnbilled));

        JsonElement batch = await gateway.EndAsync(TestGateway.Lines(3));

        Assert.That(batch.Text("status"), Is.EqualTo("completed"));
        Assert.That(batch.IsNull("output_file_id") && batch.IsNull("error_file_id"), Is.True);
        Assert.That(batch.Counts(), Is.EqualTo((3L, 3L, 0L)));
        Assert.That(gateway.Ledger.LinesBilled, Is.Empty);
    }

    [Test]
    public async Task Expired_Line_IsInTheErrorFileUncountedAndUnbilled()
    {
        await using TestGateway gateway = await StartAsync(new EmulatorScript().Lines(request => request.LineNumber == 2, EmulatedResponse.Expired));

        JsonElement batch = await gateway.EndAsync(TestGateway.Lines(2));

        JsonElement line = (await gateway.ResultsAsync(batch, "error_file_id")).Single();
        Assert.That(line.Text("custom_id"), Is.EqualTo("line-2"));
        Assert.That(line.IsNull("response"), Is.True);
        Assert.That(line.Text("error", "code"), Is.EqualTo("batch_expired"));
        Assert.That(line.Text("error", "message"), Is.EqualTo("This request could not be executed before the completion window expired."));
        Assert.That(batch.Counts(), Is.EqualTo((2L, 1L, 0L)));
        Assert.That(gateway.Ledger.LinesBilled.Keys, Is.EqualTo(new[] { "line-1" }));
    }

    [Test]
    public async Task Twice_AnAnswer_StandsInTheFileTwoTimesAndIsBilledOnce()
    {
        await using TestGateway gateway = await StartAsync(new EmulatorScript { ShuffleWindow = 1 }.Lines(_ => true, Small.Twice()));

        JsonElement batch = await gateway.EndAsync(TestGateway.Lines(2));

        string[] lines = Encoding.UTF8.GetString(await gateway.ContentAsync(batch, "output_file_id")).Split('\n');
        Assert.That(lines, Has.Length.EqualTo(5));
        Assert.That(lines[0], Does.Contain("line-1").And.EqualTo(lines[1]));
        Assert.That(lines[2], Does.Contain("line-2").And.EqualTo(lines[3]));
        Assert.That(batch.Counts(), Is.EqualTo((2L, 2L, 0L)));
        Assert.That(batch.Number("usage", "total_tokens"), Is.EqualTo(6));
        Assert.That(gateway.Ledger.LinesBilled.Values, Is.EqualTo(new[] { 1, 1 }));
    }

    [Test]
    public async Task Twice_AnError_StandsInTheErrorFileTwoTimes()
    {
        await using TestGateway gateway = await StartAsync(new EmulatorScript().Lines(_ => true, EmulatedResponse.Error(500, "x", "y").Twice()));

        JsonElement batch = await gateway.EndAsync(TestGateway.Lines(1));

        Assert.That(await gateway.ResultsAsync(batch, "error_file_id"), Has.Count.EqualTo(2));
        Assert.That(batch.Counts(), Is.EqualTo((1L, 0L, 1L)));
    }

    [Test]
    public async Task Raw_Text_IsTheFileToTheByteAndIsBilled()
    {
        await using TestGateway gateway = await StartAsync(new EmulatorScript().Lines(_ => true, EmulatedResponse.Raw("{\"custom_id\": ½")));

        JsonElement batch = await gateway.EndAsync(TestGateway.Lines(1));

        Assert.That(await gateway.ContentAsync(batch, "output_file_id"), Is.EqualTo("{\"custom_id\": ½\n"u8.ToArray()));
        Assert.That(batch.IsNull("error_file_id"), Is.True);
        Assert.That(batch.Counts(), Is.EqualTo((1L, 1L, 0L)));
        Assert.That(gateway.Ledger.LinesBilled["line-1"], Is.EqualTo(1));
    }

    [Test]
    public async Task Raw_Bytes_AreTheFileWhateverBecomesOfTheArray()
    {
        byte[] bytes = [0, 0xFF, (byte)'\r'];
        EmulatedResponse response = EmulatedResponse.Raw(bytes);
        bytes[0] = 1;
        await using TestGateway gateway = await StartAsync(new EmulatorScript().Lines(_ => true, response));

        JsonElement batch = await gateway.EndAsync(TestGateway.Lines(1));

        Assert.That(await gateway.ContentAsync(batch, "output_file_id"), Is.EqualTo(new byte[] { 0, 0xFF, (byte)'\r', (byte)'\n' }));
    }

    [Test]
    public void Twice_OfALineThatVanishes_Throws()
    {
        Assert.That(() => EmulatedResponse.Vanish.Twice(), Throws.InvalidOperationException);
        Assert.That(() => EmulatedResponse.VanishUnbilled.Twice(), Throws.InvalidOperationException);
    }

    [Test]
    public async Task EveryFate_OfManyRandomScripts_PutsEveryLineInExactlyOnePlace()
    {
        for (int seed = 0; seed < 25; seed++)
            await CheckRandomScriptAsync(new Random(seed), seed);
    }

    private static async Task CheckRandomScriptAsync(Random random, int seed)
    {
        int count = random.Next(1, 60);
        Dictionary<string, Place> planned = Enumerable.Range(1, count).ToDictionary(number => $"line-{number}", _ => RandomPlace(random));
        Dictionary<string, EmulatedResponse> become = planned.ToDictionary(line => line.Key, line => RandomResponse(random, line.Value));
        await using TestGateway gateway = await StartAsync(new EmulatorScript
        {
            ShuffleWindow = random.Next(1, 20),
            Seed = seed,
            ExpiresLateBy = TimeSpan.FromSeconds(random.Next(2)),
            RunningFor = random.Next(2) == 0 ? TimeSpan.FromMinutes(2) : TimeSpan.FromHours(40),
        }.Lines(_ => true, request => become[request.CustomId]));

        JsonElement batch = await gateway.EndAsync(TestGateway.Lines(count));

        List<JsonElement> errorLines = await gateway.ResultsAsync(batch, "error_file_id");
        HashSet<string> notRun = [.. errorLines.Where(IsOfTheBatchsEnd).Select(CustomId)];
        HashSet<string> output = [.. await gateway.OutputIdsAsync(batch)];
        HashSet<string> errors = [.. errorLines.Where(line => !IsOfTheBatchsEnd(line)).Select(CustomId)];
        HashSet<string> ran = [.. planned.Keys.Except(notRun)];
        Assert.That(output, Is.EquivalentTo(ran.Where(id => planned[id] == Place.Output)), $"output, seed {seed}");
        Assert.That(errors, Is.EquivalentTo(ran.Where(id => planned[id] == Place.Errors)), $"errors, seed {seed}");
        Assert.That(
            planned.Keys.Except(output).Except(errors).Except(notRun),
            Is.EquivalentTo(ran.Where(id => planned[id] is Place.Nowhere or Place.NowhereUnbilled)),
            $"vanished, seed {seed}");
        Assert.That(
            gateway.Ledger.LinesBilled.Keys,
            Is.EquivalentTo(ran.Where(id => planned[id] is Place.Output or Place.Nowhere)),
            $"billed, seed {seed}");
        Assert.That(gateway.Ledger.LinesBilled.Values, Has.All.EqualTo(1));
        Assert.That(
            batch.Counts(),
            Is.EqualTo(((long)count, (long)ran.Count(id => planned[id] != Place.Errors), (long)errors.Count)),
            $"counts, seed {seed}");
    }

    private static Place RandomPlace(Random random) => (Place)random.Next(4);

    private static EmulatedResponse RandomResponse(Random random, Place place) => (place, random.Next(4)) switch
    {
        (Place.Output, 0) => Small.Twice(),
        (Place.Output, 1) => Small.As(OddLine.BlankLineBefore).As(OddLine.CarriageReturn),
        (Place.Output, 2) => Small.As(OddLine.RepeatedId).As(OddLine.NoFinalNewline),
        (Place.Output, _) => Small,
        (Place.Errors, 0) => EmulatedResponse.Unanswered("request_timeout", "Too slow."),
        (Place.Errors, 1) => EmulatedResponse.Error(500, "x", "y").Twice(),
        (Place.Errors, 2) => EmulatedResponse.Error(500, "x", "y").As(OddLine.BodyNull).As(OddLine.NoFinalNewline),
        (Place.Errors, _) => EmulatedResponse.Error(400, "x", "y"),
        (Place.Nowhere, _) => EmulatedResponse.Vanish,
        _ => EmulatedResponse.VanishUnbilled,
    };

    private static bool IsOfTheBatchsEnd(JsonElement line) =>
        line.GetProperty("error") is { ValueKind: JsonValueKind.Object } error && error.Text("code") == "batch_expired";

    private static string CustomId(JsonElement line) => line.Text("custom_id")!;

    private static Task<TestGateway> StartAsync(EmulatorScript script) => TestGateway.StartOpenAIAsync(options => options.Script = script);

    private enum Place
    {
        Output,
        Errors,
        Nowhere,
        NowhereUnbilled,
    }
}

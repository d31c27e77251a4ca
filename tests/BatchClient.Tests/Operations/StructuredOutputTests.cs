using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Operations;

/// <summary>From a type to a question and back to objects, by way of an emulator that answers with an instance of the schema.</summary>
public sealed partial class StructuredOutputTests
{
    private static readonly string[] Items = ["a", "b"];

    [Test]
    public async Task Chat_TypedAnswer_ComesBackAsTheType()
    {
        Report[] reports = await AnswersAsync(ReportJson.Default.Report);

        Assert.That(reports, Has.Length.EqualTo(2));
        Assert.That(reports[0].Title, Is.Not.Empty);
        Assert.That(reports[0].Lines, Is.Not.Empty);
        Assert.That(reports[0].Lines[0].Mood, Is.EqualTo(Mood.Good));
    }

    [Test]
    public async Task Chat_RecursiveAnswer_ComesBackAsTheType()
    {
        Step[] steps = await AnswersAsync(ReportJson.Default.Step);

        Assert.That(steps[0].Next!.Next!.Name, Is.Not.Empty);
    }

    [Test]
    public void Chat_TypeThatStrictModeCannotDescribe_IsRefusedBeforeAnythingIsSent() => Assert.That(
        () => BatchRequestLine.Chat("a", "m", "Count.", ReportJson.Default.Counts), Throws.ArgumentException.With.Message.Contains("'words'"));

    [Test]
    public void Chat_NoType_Throws() => Assert.That(() => BatchRequestLine.Chat<Report>("a", "m", "Rate.", null!), Throws.ArgumentNullException);

    [Test]
    public void Chat_SystemMessage_StandsFirst()
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter writer = new(bytes))
            BatchRequestLine.Chat("a", "m", "Rate.", ReportJson.Default.Step, system: "Be brief.").WriteTo(writer);

        using JsonDocument line = JsonDocument.Parse(bytes.ToArray());
        JsonElement body = line.RootElement.GetProperty("body");
        Assert.That(body.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("content").GetString()), Is.EqualTo(new[] { "Be brief.", "Rate." }));
        Assert.That(body.GetProperty("response_format").GetProperty("json_schema").GetProperty("name").GetString(), Is.EqualTo("Step"));
    }

    private static async Task<T[]> AnswersAsync<T>(JsonTypeInfo<T> answer)
    {
        await using EmulatedClient client = await EmulatedClient.StartAsync();

        BatchOperation operation = await client.Gateway.SubmitAsync(
            Items.Select(item => BatchRequestLine.Chat(item, "gpt-4o-mini", "Rate it.", answer)));
        await operation.WaitAsync();

        List<T> answers = [];
        await foreach (BatchOutcome<string, T> outcome in operation.ReadOutcomesAsync(Items, item => item, answer))
        {
            Assert.That(outcome.Kind, Is.EqualTo(BatchOutcomeKind.Succeeded), outcome.Error?.Message);
            answers.Add(outcome.Result!);
        }

        return [.. answers];
    }

    internal sealed record Report(string Title, DateTimeOffset At, int? Pages, IReadOnlyList<ReportLine> Lines, IReadOnlyList<ReportLine> Others);

    internal sealed record ReportLine(string Text, Mood Mood, decimal Score, Guid Id);

    internal sealed record Step(string Name, Step? Next);

    internal sealed record Counts(Dictionary<string, int> Words);

    [JsonConverter(typeof(JsonStringEnumConverter<Mood>))]
    internal enum Mood
    {
        Good,
        Bad,
    }

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
    [JsonSerializable(typeof(Report))]
    [JsonSerializable(typeof(Step))]
    [JsonSerializable(typeof(Counts))]
    internal sealed partial class ReportJson : JsonSerializerContext;
}

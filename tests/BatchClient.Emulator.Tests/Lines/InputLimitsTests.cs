using System.Text;
using System.Text.Json;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Lines;

public sealed class InputLimitsTests
{
    [TestCase(EmulatorPersonality.OpenAI, 50_000, null)]
    [TestCase(EmulatorPersonality.OpenAI, 50_001, "too_many_tasks")]
    [TestCase(EmulatorPersonality.Azure, 50_001, null)]
    [TestCase(EmulatorPersonality.Azure, 100_001, "too_many_tasks")]
    [TestCase(EmulatorPersonality.Documented, 100_001, null)]
    public async Task Get_OfABatchWithManyLines_IsHeldToThePersonalitysLimit(EmulatorPersonality personality, int lines, string? code)
    {
        StringBuilder text = new();
        for (int i = 0; i < lines; i++)
            text.Append("{\"custom_id\":\"").Append(i).Append("\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{\"model\":\"m\"}}\n");

        await AssertFailureAsync(personality, TestGateway.Chat, text.ToString(), code);
    }

    [TestCase(EmulatorPersonality.OpenAI, 25_000, null)]
    [TestCase(EmulatorPersonality.OpenAI, 25_001, "too_many_tasks")]
    [TestCase(EmulatorPersonality.Azure, 25_001, null)]
    [TestCase(EmulatorPersonality.Documented, 25_001, null)]
    public async Task Get_OfABatchWithManyEmbeddingInputs_IsHeldToTheirSum(EmulatorPersonality personality, int inputsPerLine, string? code)
    {
        string inputs = string.Join(',', Enumerable.Repeat("\"x\"", inputsPerLine));

        await AssertFailureAsync(personality, "/v1/embeddings", EmbeddingLine("a", $"[{inputs}]") + EmbeddingLine("b", $"[{inputs}]"), code);
    }

    [TestCase("\"one text\"")]
    [TestCase("[1,2,3]")]
    public async Task Get_OfABatchWithTheMostEmbeddingInputs_CountsATextOrTokensAsOne(string last)
    {
        string inputs = string.Join(',', Enumerable.Repeat("\"x\"", 49_999));

        await AssertFailureAsync(EmulatorPersonality.OpenAI, "/v1/embeddings", EmbeddingLine("a", $"[{inputs}]") + EmbeddingLine("b", last), code: null);
    }

    private static string EmbeddingLine(string customId, string input) =>
        $$$"""{"custom_id":"{{{customId}}}","method":"POST","url":"/v1/embeddings","body":{"model":"m","input":{{{input}}}}}""" + "\n";

    private static async Task AssertFailureAsync(EmulatorPersonality personality, string endpoint, string text, string? code)
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options =>
        {
            options.Personality = personality;
            options.FilePendingFor = TimeSpan.Zero;
        });
        string file = await gateway.UploadAsync(text);
        string id = (await gateway.PostJsonAsync("/batches", $$"""{"input_file_id":"{{file}}","endpoint":"{{endpoint}}","completion_window":"24h"}""")).Id;

        JsonElement batch = await gateway.BatchAfterAsync(id, TimeSpan.FromSeconds(2));

        if (code is null)
        {
            Assert.That(batch.IsNull("errors"), Is.True);
            return;
        }

        JsonElement error = batch.GetProperty("errors").GetProperty("data").EnumerateArray().Single();
        Assert.That(error.Text("code"), Is.EqualTo(code));
        Assert.That(error.IsNull("line") && error.IsNull("param"), Is.True);
        Assert.That(gateway.Ledger.LinesBilled, Is.Empty);
    }
}

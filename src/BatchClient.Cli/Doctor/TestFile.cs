using System.Text.Json;

namespace BatchGateway.Cli.Doctor;

/// <summary>The file that the doctor uploads: one tiny line.</summary>
internal sealed class TestFile
{
    public TestFile(string model)
    {
        Token = Guid.NewGuid().ToString("N")[..8];
        Name = $"{Tool.Name}-doctor-{Token}.jsonl";
        Content = JsonSerializer.SerializeToUtf8Bytes(new
        {
            custom_id = "doctor-1",
            method = "POST",
            url = BatchEndpoint.ChatCompletions.ToString(),
            body = new { model, max_tokens = 1, messages = new[] { new { role = "user", content = "1" } } },
        });
        Content = [.. Content, (byte)'\n'];
    }

    /// <summary>Tells this file from others.</summary>
    public string Token { get; }

    public string Name { get; }

    public byte[] Content { get; }
}

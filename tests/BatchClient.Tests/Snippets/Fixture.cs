using BatchGateway.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Tests.Snippets;

/// <summary>An emulator, a client that talks to it, and a folder: what the snippets take for granted.</summary>
internal sealed class Fixture : IAsyncDisposable
{
    public const string OneLine =
        """{"custom_id":"q-1","method":"POST","url":"/v1/chat/completions","body":{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Why?"}]}}""" + "\n";

    private readonly ServiceProvider _provider;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("snippets-");

    private Fixture(BatchGatewayEmulator emulator, ServiceProvider provider)
    {
        Emulator = emulator;
        _provider = provider;
    }

    public static IReadOnlyList<Question> Questions { get; } = [new("q-1", "Why is the sky blue?"), new("q-2", "Why is grass green?")];

    public static IEnumerable<BatchRequestLine> Lines => Questions.Select(question => BatchRequestLine.Chat(question.Id, "gpt-4o-mini", question.Text));

    public BatchGatewayEmulator Emulator { get; }

    public IBatchClient Gateway => _provider.GetRequiredService<IBatchClient>();

    public static async Task<Fixture> StartAsync(EmulatorOptions? options = null)
    {
        BatchGatewayEmulator emulator = await BatchGatewayEmulator.StartAsync(options);
        ServiceCollection services = new();
        services.AddBatchClient().UseEmulator(emulator);
        return new Fixture(emulator, services.BuildServiceProvider());
    }

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        await Emulator.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BatchGateway.Fuzz.Gateway;
using BatchGateway.Fuzz.Inputs;
using BatchGateway.Tests.Support;

namespace BatchGateway.Fuzz.Targets;

/// <summary>An object of the API: read over a public call, written, and read again. Nothing may be lost or become something else.</summary>
internal abstract class ModelTarget<T> : Target
    where T : GatewayModel
{
    private readonly FuzzGateway _gateway = new(maxAttempts: 1);

    protected abstract byte[][] Seeds { get; }

    protected abstract JsonTypeInfo<T> Type { get; }

    public override byte[] Make(Dice dice) => Mutator.Make(Seeds, dice);

    public override async Task<string> RunAsync(byte[] input)
    {
        T first;
        try
        {
            first = await ReadAsync(input).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return Must.BeOurs(exception, typeof(BatchResponseException));
        }

        ReadOnlyMemory<byte> json = input.AsMemory(input.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0);
        Must.Hold(first.RawJson.Span.SequenceEqual(json.Span), "the raw JSON is what came", Must.Excerpt(Encoding.UTF8.GetString(first.RawJson.Span)));
        CompareWith(first, json);
        await RoundTripAsync(first).ConfigureAwait(false);
        return Value;
    }

    protected override void Release() => _gateway.Dispose();

    protected abstract Task<T> GetAsync(IBatchClient client);

    /// <summary>The members that stay the same, character by character, when the object is written and read again.</summary>
    protected abstract string Essence(T model);

    protected abstract void CompareWith(T model, JsonElement root);

    /// <summary>Half of an escaped surrogate pair, which is no text.</summary>
    protected static bool HasHalf(JsonElement text) => text.GetRawText().Contains("\\ud", StringComparison.OrdinalIgnoreCase);

    private Task<T> ReadAsync(byte[] json)
    {
        _gateway.Answer = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new MemoryStream(json, writable: false)) };
        return GetAsync(_gateway.Client);
    }

    private async Task RoundTripAsync(T first)
    {
        T second = await ReadAsync(Write(first)).ConfigureAwait(false);
        T third = await ReadAsync(Write(second)).ConfigureAwait(false);
        Must.Equal(Essence(second), Essence(first), "what is written is what was read");
        Must.Equal(Names(second), Names(first), "unknown members are kept");
        Must.Equal(ModelText.Of(third), ModelText.Of(second), "what is written twice is the same");
    }

    private byte[] Write(T model)
    {
        try
        {
            return JsonSerializer.SerializeToUtf8Bytes(model, Type);
        }
        catch (Exception exception)
        {
            throw new Violation("what was read can be written", exception.ToString());
        }
    }

    private void CompareWith(T model, ReadOnlyMemory<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(Encoding.UTF8.GetString(json.Span), new JsonDocumentOptions { MaxDepth = 1000 });
        CompareWith(model, document.RootElement);
    }

    private static string Names(T model) => string.Join('\n', model.AdditionalProperties.Keys.Select(Written).Distinct().Order(StringComparer.Ordinal));

    /// <summary>JSON has no half surrogate pairs.</summary>
    private static string Written(string name) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name));
}

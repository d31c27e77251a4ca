using System.Buffers;
using System.Text.Json;

namespace BatchGateway.Runs.Internal;

/// <summary>
/// Why lines came to nothing that no result file speaks of: result lines that this library writes itself, one for each reason, so that every
/// outcome has a place that says what it means.
/// </summary>
internal sealed class OwnResults(ShardRow shard)
{
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly Dictionary<string, HarvestEntry> _places = [];

    private int File => ResultBlob.FileOf(shard.Fence, ResultBlob.Own);

    /// <summary>What is to be said of a line that came to nothing for this reason.</summary>
    public HarvestEntry Entry(BatchOutcomeKind kind, RetryVerdict verdict, BatchError error)
    {
        string key = error.ToString();
        if (!_places.TryGetValue(key, out HarvestEntry place))
            _places[key] = place = Write(error);
        return place with { Kind = kind, Verdict = verdict };
    }

    /// <summary>Makes what was said durable, if anything was.</summary>
    public async Task PublishAsync(IBlobStore blobs, CancellationToken cancellationToken)
    {
        if (_lines.WrittenCount == 0)
            return;

        IBlobWriter blob = await blobs.CreateAsync(ResultBlob.NameOf(shard.Number, File), cancellationToken).ConfigureAwait(false);
        await using (blob.ConfigureAwait(false))
        {
            await blob.Stream.WriteAsync(_lines.WrittenMemory, cancellationToken).ConfigureAwait(false);
            await blob.PublishAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private HarvestEntry Write(BatchError error)
    {
        int start = _lines.WrittenCount;
        using (Utf8JsonWriter json = new(_lines))
        {
            json.WriteStartObject();
            json.WriteNull("response");
            json.WritePropertyName("error");
            ErrorJson.Write(json, error);
            json.WriteEndObject();
        }

        int length = _lines.WrittenCount - start;
        _lines.Write("\n"u8);
        return new HarvestEntry { File = File, Offset = start, Length = length };
    }
}

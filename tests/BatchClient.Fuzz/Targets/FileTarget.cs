using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BatchGateway.Fuzz.Inputs;
using BatchGateway.Internal.Json;

namespace BatchGateway.Fuzz.Targets;

/// <summary>File objects.</summary>
internal sealed class FileTarget : ModelTarget<BatchFile>
{
    public override string Name => "files";

    public override int Share => 70;

    protected override byte[][] Seeds { get; } = [.. Corpus.Of("Files")];

    protected override JsonTypeInfo<BatchFile> Type => BatchJsonContext.Default.BatchFile;

    protected override Task<BatchFile> GetAsync(IBatchClient client) => client.Files.GetAsync("file-1");

    protected override string Essence(BatchFile file) => string.Join(
        '|', file.Id, file.Object, file.Bytes, file.CreatedAt?.ToString("O", CultureInfo.InvariantCulture), file.ExpiresAt?.ToString("O", CultureInfo.InvariantCulture),
        file.Filename, file.Purpose, file.Status, file.StatusDetails);

    protected override void CompareWith(BatchFile file, JsonElement root)
    {
        if (root.TryGetMember("status"u8, out JsonElement status) && status.ValueKind == JsonValueKind.String && !HasHalf(status))
            Must.Equal(file.Status.ToString(), status.GetString(), "the status is the gateway's word");
        if (root.TryGetMember("bytes"u8, out JsonElement bytes) && bytes.ValueKind == JsonValueKind.Number && bytes.TryGetInt64(out long length))
            Must.Hold(file.Bytes == length, "a length is what the gateway says", $"{file.Bytes} instead of {length}");
    }
}

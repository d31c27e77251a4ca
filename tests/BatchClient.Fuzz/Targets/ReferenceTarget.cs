using System.Text;
using System.Text.Json;
using BatchGateway.Fuzz.Gateway;
using BatchGateway.Fuzz.Inputs;

namespace BatchGateway.Fuzz.Targets;

/// <summary>Saved references, as they come back from where they were kept.</summary>
internal sealed class ReferenceTarget : Target
{
    private static readonly byte[][] Seeds =
    [
        Corpus.Utf8("""{"batch_id":"batch_1","input_file_id":"file-1","input_file_created_at":1700000000,"intent":"0123456789abcdef","provider":"openai-main","headers":{"x-tfy-aws-region":"eu-west-1"},"gateway_metadata":{"team":"search"}}"""),
        Corpus.Utf8("""{"batch_id":null,"input_file_id":"file-1"}"""),
        Corpus.Utf8("""{"batch_id":"arn:aws:bedrock:us-east-1:1:model-invocation-job/x","headers":null,"gateway_metadata":{}}"""),
        Corpus.Utf8("""{"batch_id":"b","headers":{"Authorization":"Bearer x","Host":"h","x-tfy-metadata":"{\"a\":\"b\"}"}}"""),
    ];

    private readonly FuzzGateway _gateway = new();

    public override string Name => "references";

    public override int Share => 60;

    public override byte[] Make(Dice dice) => Mutator.Make(Seeds, dice);

    public override async Task<string> RunAsync(byte[] input)
    {
        // Half surrogate pairs can only come from a string.
        string text = input is [(byte)'!', ..] ? Encoding.BigEndianUnicode.GetString(input) : Encoding.UTF8.GetString(input);
        BatchReference reference;
        try
        {
            reference = BatchReference.FromJson(text);
        }
        catch (JsonException)
        {
            return nameof(JsonException);
        }
        catch (ArgumentException) when (string.IsNullOrWhiteSpace(text))
        {
            return nameof(ArgumentException);
        }

        string written = reference.ToJson();
        Must.Equal(BatchReference.FromJson(written).ToJson(), written, "a reference is written as it was read");
        return await AttachAsync(reference).ConfigureAwait(false);
    }

    protected override void Release() => _gateway.Dispose();

    private async Task<string> AttachAsync(BatchReference reference)
    {
        _gateway.Answer = _ => new HttpResponseMessage { Content = new ByteArrayContent("{\"id\":\"batch_1\",\"status\":\"completed\"}"u8.ToArray()) };
        try
        {
            BatchOperation operation = _gateway.Client.Attach(reference);
            Must.Equal(operation.BatchId, reference.BatchId, "an operation is of the batch that its reference names");
            if (operation.BatchId is not null)
                await operation.RefreshAsync().ConfigureAwait(false);
            return Value;
        }
        catch (ArgumentException exception)
        {
            // The reference is the caller's argument.
            Must.Hold(!exception.ToString().Contains(OddValues.Secret, StringComparison.Ordinal) || reference.ToJson().Contains("4711", StringComparison.Ordinal), "no exception holds the key", exception.Message);
            return nameof(ArgumentException);
        }
        catch (Exception exception)
        {
            return Must.BeOurs(exception, typeof(BatchClientException));
        }
    }
}

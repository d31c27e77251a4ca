using BatchGateway.Internal.Http;

namespace BatchGateway.Tests.Internal.Http;

public sealed class PathSegmentTests
{
    [TestCase("batch_abc123", "batch_abc123")]
    [TestCase("-a", "-a")]
    [TestCase("_b", "_b")]
    [TestCase("a.b~c", "a.b~c")]
    [TestCase("...", "...")]
    [TestCase("arn:aws:bedrock:us-east-1:1234:job/abc", "arn%3Aaws%3Abedrock%3Aus-east-1%3A1234%3Ajob%2Fabc")]
    [TestCase("gs://bucket/folder/file.jsonl", "gs%3A%2F%2Fbucket%2Ffolder%2Ffile.jsonl")]
    [TestCase("arn%3Aaws%3Abedrock%3Ax%2Fy", "arn%3Aaws%3Abedrock%3Ax%2Fy")]
    [TestCase("arn%3aaws", "arn%3aaws")]
    [TestCase("a%2Fb/c", "a%2Fb%2Fc")]
    [TestCase("a b", "a%20b")]
    [TestCase("a%20b c", "a%20b%20c")]
    [TestCase("größe", "gr%C3%B6%C3%9Fe")]
    [TestCase("🚀", "%F0%9F%9A%80")]
    [TestCase("100%", "100%25")]
    [TestCase("%", "%25")]
    [TestCase("%%41", "%25%41")]
    [TestCase("%4", "%254")]
    [TestCase("%zz", "%25zz")]
    [TestCase("a?b#c&d=e+f", "a%3Fb%23c%26d%3De%2Bf")]
    [TestCase("a\r\nb", "a%0D%0Ab")]
    [TestCase("../files", "..%2Ffiles")]
    public void Escape_Id_EscapesExactlyOnce(string id, string expected)
    {
        string segment = PathSegment.Escape(id);

        Assert.That(segment, Is.EqualTo(expected));
        Assert.That(PathSegment.Escape(segment), Is.EqualTo(expected), "what was escaped once is not escaped again");
    }

    [TestCase(".")]
    [TestCase("..")]
    [TestCase("%2e")]
    [TestCase("%2E%2e")]
    [TestCase(".%2E")]
    [TestCase("")]
    [TestCase(" ")]
    public void Checked_NoId_Throws(string id) =>
        Assert.That(() => PathSegment.Checked(id, "batchId"), Throws.ArgumentException.With.Property(nameof(ArgumentException.ParamName)).EqualTo("batchId"));

    [Test]
    public void Checked_Null_Throws() => Assert.That(() => PathSegment.Checked(null!, "batchId"), Throws.ArgumentNullException);
}

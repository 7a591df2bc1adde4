/** Mails as customers write them: half of them plain answers with a quote, others HTML, one in ten with a file. */
const kinds = [plain, html, plain, html, plain, html, plain, html, plain, withFile];

export const mailNumber = (i) => Buffer.from(kinds[i % kinds.length](i).replaceAll('\n', '\r\n'));

const quoted = (i) =>
  Array.from({ length: 12 }, (_, line) => `> Line ${line} of what we wrote about order ${i}, thank you for it.`);

const head = (i, type) => `From: "Customer ${i % 1500}" <customer${i % 1500}@home${i % 40}.example>
To: Support <support@bench.example>
Subject: =?utf-8?Q?My_order_${i}_=E2=80=93_where_is_it=3F?=
Message-ID: <order.${i}@home${i % 40}.example>
Date: Mon, 02 Mar 2026 10:00:00 +0100
MIME-Version: 1.0
Received: from mx${i % 9}.example by mail.bench.example; Mon, 02 Mar 2026 09:00:00 +0000
Content-Type: ${type}
`;

function words(i) {
  return `Hello,\n\nmy order ${i} has not come yet. Could you please look where it is, and whether it was sent at all?\n\nThank you\nCustomer ${i}`;
}

function plain(i) {
  return `${head(i, 'text/plain; charset=utf-8')}Content-Transfer-Encoding: 8bit\n\n${words(i)}\n\nOn Mon, 2 Mar 2026 at 09:00, Support <support@bench.example> wrote:\n${quoted(i).join('\n')}\n`;
}

function html(i) {
  return `${head(i, 'multipart/alternative; boundary=alt')}
--alt
Content-Type: text/plain; charset=utf-8

${words(i)}

--alt
Content-Type: text/html; charset=utf-8

<html><body><div dir="ltr">${words(i).replaceAll('\n', '<br>')}</div><br><div class="gmail_quote"><div class="gmail_attr">On Mon, 2 Mar 2026 Support wrote:</div><blockquote class="gmail_quote">${quoted(i).join('<br>')}</blockquote></div></body></html>

--alt--
`;
}

function withFile(i) {
  const file = Buffer.alloc(30_000, `file ${i} `).toString('base64').replace(/.{76}/g, '$&\n');
  return `${head(i, 'multipart/mixed; boundary=mix')}
--mix
Content-Type: text/plain; charset=utf-8

${words(i)}

--mix
Content-Type: application/pdf; name="invoice-${i}.pdf"
Content-Disposition: attachment; filename="invoice-${i}.pdf"
Content-Transfer-Encoding: base64

${file}
--mix--
`;
}

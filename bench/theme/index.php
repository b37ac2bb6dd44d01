<?php
// A frame that names nothing: ticker, weather, teasers glued to the text, latest news with excerpts, standing words.
$newest = get_posts(array('numberposts' => 10));
$teasers = array_slice(array_filter($newest, fn($p) => $p->ID !== get_the_ID()), 0, 4);
$excerpt = fn($p, $words) => esc_html(wp_trim_words($p->post_content, $words, $p->ID % 2 ? '…' : ''));
?><!doctype html><html lang="sv"><head><meta charset="utf-8"><title><?php wp_title('|', true, 'right'); ?>Länets nyheter</title></head>
<body><div class="u1"><span>Just nu</span><ul><?php foreach ($newest as $p) echo '<li><a href="', get_permalink($p), '">', esc_html($p->post_title), '</a></li>'; ?></ul></div>
<div class="u2"><p>Vädret i länet i dag: <?php echo (int) date('i') % 20; ?> grader och växlande molnighet med svag vind från väster.</p></div>
<?php while (have_posts()) { the_post(); ?>
<div class="u3"><h1><?php the_title(); ?></h1><div class="u4"><p>Vi använder kakor för att sidan ska fungera som den ska för alla som besöker den.</p>
<?php the_content(); ?>
<?php foreach ($teasers as $p) echo '<p><b>', esc_html($p->post_title), '</b></p><p>', $excerpt($p, 18), '</p>'; ?>
</div><p>Länets nyheter ges ut av en förening i länet och läses av många, och alla som vill får vara med och skriva.</p></div>
<?php } ?>
<div class="u5"><h3>Fler nyheter</h3><?php foreach ($newest as $p) echo '<div class="u6"><a href="', get_permalink($p), '">', esc_html($p->post_title), '</a><p>', $excerpt($p, 11), '</p></div>'; ?></div>
<div class="u7"><p>Adress: Gatan 1, orten. Ansvarig för innehållet är den som skriver.</p></div></body></html>
